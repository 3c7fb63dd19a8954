import { UserError } from '../harness/verdict/user-error.js';
import { inputAt } from './generate.js';
import type { Format, Input } from './kind.js';
import { idOf } from './kind.js';
import { allKinds } from './kinds/all.js';
import type { Answer, Start, Work } from './messages.js';
import {
  type Counts,
  deadlineMs,
  isForbidden,
  type Mishap,
  memoryBytes,
  noCounts,
  type Observed,
} from './outcome.js';
import { readers } from './readers/all.js';
import { isSentence, type Reader } from './readers/reader.js';

const start = JSON.parse(process.argv[2] ?? '{}') as Start;
const kinds = new Map(allKinds(start.canary).map((kind) => [idOf(kind), kind]));
const opened = new Map<Format, Reader>();

process.on('disconnect', () => process.exit(0));
process.on('message', async (work: Work) => process.send?.(await answer(work)));
process.send?.('ready');

async function answer(work: Work): Promise<Answer> {
  if ('input' in work) return { observed: await observe(work.format, work.input) };
  let counts: Counts = noCounts;
  const mishaps: Mishap[] = [];
  let done = 0;
  for (let more = true; more && done < work.count; done += 1) {
    const index = work.from + done;
    const observed = await observeAt(work.kind, work.seed, index);
    counts = { ...counts, [observed.outcome]: counts[observed.outcome] + 1 };
    if (isForbidden(observed)) mishaps.push({ ...observed, index });
    more = observed.outcome !== 'memory';
  }
  return { counts, mishaps, done };
}

async function observeAt(id: string, seed: number, index: number): Promise<Observed> {
  const kind = kinds.get(id);
  if (kind === undefined) throw new Error(`There is no kind ${id}.`);
  return observe(kind.format, inputAt(kind, seed, index));
}

async function observe(format: Format, input: Input): Promise<Observed> {
  const reader = opened.get(format) ?? readers[format](start);
  opened.set(format, reader);
  const before = performance.now();
  const observed = await reader(input).then((outcome): Observed => ({ outcome, detail: '' }), afterError);
  const [ms, bytes] = [performance.now() - before, process.resourceUsage().maxRSS * 1024];
  if (ms > deadlineMs) return { outcome: 'hang', detail: `${Math.round(ms / 1000)} s` };
  if (bytes > memoryBytes) return { outcome: 'memory', detail: `${Math.round(bytes / 2 ** 20)} MiB` };
  return observed;
}

/** A refusal says what is wrong, and what to do; any other error is one of assay. */
function afterError(error: unknown): Observed {
  if (error instanceof UserError && isSentence(error.inFull)) return { outcome: 'refused', detail: '' };
  return { outcome: 'crash', detail: error instanceof Error ? (error.stack ?? '') : String(error) };
}
