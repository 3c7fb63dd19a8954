import { existsSync, readFileSync } from 'node:fs';
import { allChecks } from '../api/plan.js';
import type { Check, Explanation } from '../harness/check/check.js';
import { chooseChecks } from '../harness/run/choose.js';
import { packageFile } from '../harness/verdict/package-files.js';
import { painter } from '../reports/terminal/paint.js';
import { wrap } from '../reports/terminal/wrap.js';
import type { Io } from './io.js';
import { byId, type Listed, type ListOptions, levelText, listedFrom } from './list.js';
import { refuse } from './refusal.js';
import { type Window, windowOf } from './window.js';

/** A broken model that a check catches: its name, the check's id, and what is wrong with it, in a sentence. */
export type Twin = { readonly twin: string; readonly check: string; readonly fault: string };

/** Everything that there is to say about one check. */
export type ExplainedCheck = Listed & Explanation & { readonly twins: readonly Omit<Twin, 'check'>[] };

/**
 * `assay explain`: explains a check, or each of a suite or pattern. Returns 0, or 2 when there is no such
 * check.
 */
export async function explain(id: string, options: ListOptions, io: Io): Promise<number> {
  try {
    if (id === 'limits') return limits(io);
    const all = await allChecks(options.checks);
    const explained = explanationsOf(chooseChecks(all, [id], []), readTwins());
    const window = windowOf(io);
    const text = explained.map((one) => describe(one, window)).join('\n\n');
    io.stdout.write(options.json ? `${JSON.stringify(explained, null, 2)}\n` : text);
    return 0;
  } catch (error) {
    return refuse(error, io);
  }
}

/** What passing checks do not show: the page of the documentation. */
function limits(io: Io): number {
  io.stdout.write(readFileSync(packageFile('docs/limits.md'), 'utf8'));
  return 0;
}

/** Sorted by id. */
export function explanationsOf(all: readonly Check[], twins: readonly Twin[]): ExplainedCheck[] {
  return [...all].sort(byId).flatMap((check) =>
    listedFrom([check]).map((listed) => ({
      ...listed,
      ...check.explain,
      decided: `${ways[check.kind]} ${check.explain.decided}`,
      twins: twins.filter((one) => one.check === check.id).map(({ twin, fault }) => ({ twin, fault })),
    })),
  );
}

/** What kind of evidence decides a check. */
const ways: Readonly<Record<Check['kind'], string>> = {
  reading: 'Read from the files, without TensorFlow.',
  property:
    'Run in TensorFlow on corner cases of the spec, then on random batches; a failure is shrunk to the smallest batch that shows it.',
  measurement: 'Measured in TensorFlow.',
};

/** The twins that come with this package; none when their list is missing. */
function readTwins(): readonly Twin[] {
  const file = packageFile('models-under-test/twins.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}

/** Widest text that is easy to read. */
const maxColumns = 100;

function describe(explained: ExplainedCheck, { color, columns = maxColumns }: Window): string {
  const paint = painter(color);
  const width = Math.max(40, Math.min(columns, maxColumns));
  const paragraph = (title: string, text: string) => [
    '',
    paint('bold', title),
    ...wrap(text, width - 2).map((line) => `  ${line}`),
  ];
  const twins = explained.twins.flatMap(({ twin, fault }) => [
    `  ${paint('cyan', twin)}`,
    ...wrap(fault, width - 4).map((line) => `    ${line}`),
  ]);
  const lines = [
    `${paint('bold', explained.id)}  ${levelText(explained.level)}`,
    ...wrap(explained.demands, width),
    ...paragraph('Why it matters', explained.matters),
    ...paragraph('How it is decided', explained.decided),
    ...(explained.calls === undefined ? [] : paragraph('How many calls', explained.calls)),
    ...paragraph('How to fix the model', explained.fix),
    ...(twins.length > 0 ? ['', paint('bold', 'Broken models that show it'), ...twins] : []),
  ];
  return `${lines.join('\n')}\n`;
}
