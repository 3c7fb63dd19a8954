import { requireAccess } from './access.js';
import { type Addon, AddonLost, loadAddon } from './addon.js';
import { imported, withGradients } from './graph-addon.js';
import type { Reply, Request, Start } from './messages.js';
import { Unreadable } from './pictures.js';
import { Session } from './session.js';

/** The engine's own process: TensorFlow blocks and may crash, so it lives where it can be killed. */
function main(): void {
  const start = JSON.parse(process.argv[2] ?? '{}') as Start;
  process.on('disconnect', () => process.exit(0));
  try {
    const addon = loadAddon(start.addon);
    if (start.waits) process.once('message', () => begin(addon, start));
    else begin(addon, start);
  } catch (error) {
    reply({ kind: 'no-tensorflow', message: messageOf(error) });
  }
}

function begin(addon: Addon, start: Start): void {
  let step: 'inaccessible' | 'unloadable' = 'inaccessible';
  try {
    requireAccess(start.model);
    step = 'unloadable';
    const session = start.graphsOnly ? undefined : new Session(addon, start.folder, start.colorRange);
    process.on('message', (request: Request) => reply(answer(session, request)));
    reply({ kind: 'ready', tensorflow: addon.TF_Version });
  } catch (error) {
    reply({ kind: step, message: messageOf(error) });
  }
}

function answer(session: Session | undefined, { id, work }: Request): Reply {
  const start = performance.now();
  const done: ReturnType<Session['run']>[] = [];
  try {
    if ('graphDef' in work) return { kind: 'fetched', id, ...withGradients(work), callMs: 0 };
    if ('graphs' in work) return { kind: 'fetched', id, ...imported(work), callMs: 0 };
    if (session === undefined) throw new TypeError('No model was loaded.');
    if ('load' in work) return { kind: 'fetched', id, ...session.tryLoading(work.load) };
    if ('measure' in work) return { kind: 'fetched', id, ...session.measure(work.measure) };
    if (!('runs' in work)) return { kind: 'fetched', id, ...session.sessionFor(work).run(work) };
    for (const run of work.runs) done.push(session.sessionFor(run).run(run));
    const callMs = done.reduce((sum, one) => sum + one.callMs, 0);
    return { kind: 'fetched', id, tensors: done.flatMap(({ tensors }) => tensors), callMs };
  } catch (error) {
    const { message } = error as Error;
    if (error instanceof Unreadable) return { kind: 'undecided', id, failure: 'unreadable', message };
    if (error instanceof AddonLost) return { kind: 'undecided', id, failure: 'no-tensorflow', message };
    if (isBug(error)) throw error;
    return { kind: 'failed', id, message, callMs: performance.now() - start, before: done.length };
  }
}

/** TensorFlow's failures are plain errors; one of ours must never be told as a fact about the model, and ends the process. */
function isBug(error: unknown): boolean {
  return [TypeError, RangeError, ReferenceError].some((kind) => error instanceof kind);
}

function reply(message: Reply): void {
  process.send?.(message);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

main();
