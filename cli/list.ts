import { allChecks } from '../api/plan.js';
import type { Check } from '../harness/check/check.js';
import { painter } from '../reports/terminal/paint.js';
import { wrap } from '../reports/terminal/wrap.js';
import type { Io } from './io.js';
import { refuse } from './refusal.js';
import { type Window, windowOf } from './window.js';

/** One check, as `assay list --json` gives it. */
export type Listed = {
  readonly id: string;
  readonly suite: string;
  /** `depends` where the level follows from the spec. */
  readonly level: 'must' | 'should' | 'depends';
  readonly demands: string;
};

export type ListOptions = {
  readonly json?: boolean;
  /** Modules with further checks. */
  readonly checks?: readonly string[];
};

/** `assay list`: shows every check, suite by suite. Returns 0, or 2 when a module of checks cannot be used. */
export async function list(options: ListOptions, io: Io): Promise<number> {
  try {
    const listed = listedFrom(await allChecks(options.checks));
    io.stdout.write(options.json ? `${JSON.stringify(listed, null, 2)}\n` : table(listed, windowOf(io)));
    return 0;
  } catch (error) {
    return refuse(error, io);
  }
}

/** Sorted by id, and so by suite. */
export function listedFrom(all: readonly Check[]): Listed[] {
  return [...all].sort(byId).map(({ id, level, demands }) => ({
    id,
    suite: suiteOf(id),
    level: typeof level === 'function' ? 'depends' : level,
    demands,
  }));
}

/** For sorting checks. */
export function byId(one: Check, other: Check): number {
  return one.id < other.id ? -1 : 1;
}

/** A level as the contract writes it. */
export function levelText(level: Listed['level']): string {
  return level === 'depends' ? 'MUST or SHOULD' : level.toUpperCase();
}

function suiteOf(id: string): string {
  return id.split('/')[0] ?? id;
}

/** Narrower than this, a demand is hard to read. */
const minDemandWidth = 36;

/** A line for each check, wrapped only where the width is known, so that `grep` finds whole lines. */
function table(listed: readonly Listed[], { color, columns = Number.POSITIVE_INFINITY }: Window): string {
  const paint = painter(color);
  const idWidth = Math.max(...listed.map(({ id }) => id.length));
  const levelWidth = Math.max(...listed.map(({ level }) => levelText(level).length));
  const indent = ' '.repeat(idWidth + levelWidth + 4);
  const lines = listed.map(({ id, level, demands }) => {
    const padded = levelText(level).padEnd(levelWidth);
    const shownLevel = level === 'should' ? paint('dim', padded) : padded;
    if (columns < indent.length + minDemandWidth)
      return `${paint('bold', id)}  ${levelText(level)}\n  ${wrap(demands, columns - 2).join('\n  ')}\n`;
    const wrapped = wrap(demands, columns - indent.length).join(`\n${indent}`);
    return `${paint('bold', id.padEnd(idWidth))}  ${shownLevel}  ${wrapped}\n`;
  });
  const opens = (at: number) => at > 0 && listed[at]?.suite !== listed[at - 1]?.suite;
  return lines.map((line, at) => (opens(at) ? `\n${line}` : line)).join('');
}
