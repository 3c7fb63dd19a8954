import { relative, resolve } from 'node:path';
import { graphAddonFor } from '../harness/engine/runtime/graph-addon.js';
import { defaultTensorflow } from '../harness/engine/runtime/pins.js';
import { ensureRuntime, findRuntime } from '../harness/engine/runtime/runtime.js';
import type { Runtime } from '../harness/engine/runtime/runtime-found.js';
import { visible } from '../reports/wording/visible.js';
import type { Io } from './io.js';
import { progressDisplay } from './preparation-progress.js';
import { refuse } from './refusal.js';
import { stopOnSignals } from './stop-on-signals.js';

export type SetupOptions = {
  /** Exactly this TensorFlow version. */
  readonly tensorflow?: string;
  /** A folder with TensorFlow's libraries in it, or a prepared one. */
  readonly from?: string;
  /** Prepare again, even if it is prepared already. */
  readonly force?: boolean;
};

/** `assay setup`: prepares a TensorFlow to run checks in. Returns the exit code, 2 when none is available. */
export async function setup(options: SetupOptions, io: Io): Promise<number> {
  const display = progressDisplay(io.stderr);
  const stop = stopOnSignals();
  try {
    const wanted = {
      version: options.tensorflow,
      folder: options.from && resolve(options.from),
      force: options.force,
    };
    const runtime = await ensureRuntime({ ...wanted, onProgress: display.show, signal: stop.signal });
    await graphAddonFor(runtime.addon);
    display.end();
    io.stdout.write(await conclusion(runtime));
    return 0;
  } catch (error) {
    display.end();
    if (!stop.signal.aborted) return refuse(error, io);
    io.stderr.write('Stopped; nothing incomplete was left behind.\n');
    return 2;
  } finally {
    stop.end();
  }
}

async function conclusion(runtime: Runtime): Promise<string> {
  const ready = `TensorFlow ${runtime.tensorflow} is ready: ${visible(relative('', runtime.folder) || runtime.folder)}\n`;
  const usual = await findRuntime();
  if (usual?.folder === runtime.folder) return ready;
  return `${ready}Checks use TensorFlow ${usual?.tensorflow ?? defaultTensorflow} by default; to use this one: assay check --tensorflow ${runtime.tensorflow}\n`;
}
