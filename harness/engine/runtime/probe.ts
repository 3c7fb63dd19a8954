import { lastWords, run } from './command.js';

/** Functions that the engine calls; an addon without one of them is unusable. */
const needed = [
  'createTensor',
  'deleteTensor',
  'tensorDataSync',
  'executeOp',
  'loadSavedModel',
  'runSavedModel',
  'deleteSavedModel',
];

export type Probed =
  | { readonly loads: true; readonly tensorflow: string }
  | { readonly loads: false; readonly why: string };

/** Loads an addon in a process of its own, since a broken native library may abort the one that loads it. */
export async function probe(addon: string, signal?: AbortSignal): Promise<Probed> {
  const env = { ...process.env, NODE_OPTIONS: '', TF_CPP_MIN_LOG_LEVEL: '2' };
  const outcome = await run(process.execPath, ['-e', script, addon], { env, signal, timeoutMs: 60_000 });
  if (outcome.status === 'missing') return { loads: false, why: `${process.execPath} cannot be started` };
  if (outcome.status === 'killed')
    return { loads: false, why: `loading it ended the process with ${outcome.by}` };
  if (outcome.code !== 0) return { loads: false, why: reason(lastWords(outcome, 20)) };
  return { loads: true, tensorflow: outcome.out };
}

const script = `
  let addon;
  try {
    addon = require(process.argv[1]);
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
  const missing = ${JSON.stringify(needed)}.filter((name) => typeof addon[name] !== 'function');
  if (missing.length > 0) {
    console.error('it lacks ' + missing.join(', '));
    process.exit(1);
  }
  process.stdout.write(String(addon.TF_Version));
`;

/** The line that names what is missing, without the loader's prefix. */
function reason(said: string): string {
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  return (
    lines.find((line) => /cannot open|not found|undefined symbol|version|lacks/i.test(line)) ??
    lines[0] ??
    'it gave no reason'
  );
}
