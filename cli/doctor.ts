import { lackOf } from '../harness/engine/process/confinement/measures.js';
import { type Diagnosis, diagnose, type PreparedRuntime } from '../harness/engine/runtime/diagnosis.js';
import { toolLines } from '../harness/engine/runtime/tool-lines.js';
import { visible } from '../reports/wording/visible.js';
import type { Io } from './io.js';
import { refuse } from './refusal.js';

/** `assay doctor`: shows what is there and what is missing. Returns 0 when checks can run now, else 2. */
export async function doctor(options: { readonly json?: boolean }, io: Io): Promise<number> {
  try {
    const diagnosis = await diagnose();
    io.stdout.write(options.json ? `${JSON.stringify(diagnosis, null, 2)}\n` : diagnosisText(diagnosis));
    return diagnosis.ready ? 0 : 2;
  } catch (error) {
    return refuse(error, io);
  }
}

/** The diagnosis as text, a line for each item and, under what is missing, the command that fixes it. */
export function diagnosisText(diagnosis: Diagnosis): string {
  const sections = [
    conclusion(diagnosis),
    ...tools(diagnosis),
    ...cache(diagnosis),
    ...confinement(diagnosis),
    ...prepared(diagnosis),
  ];
  return `${sections.flat().map(visible).join('\n')}\n`;
}

function conclusion({ ready, runtime }: Diagnosis): string[] {
  if (runtime === undefined)
    return ['No TensorFlow is prepared. The first check prepares one; to do it now: assay setup', ''];
  const what = `TensorFlow ${runtime.tensorflow} (${runtime.source}), ${runtime.folder}`;
  return [ready ? `Checks can run in ${what}` : `Checks cannot run: ${what} does not work.`, ''];
}

function tools({ tools }: Diagnosis): string[] {
  return tools.flatMap(toolLines);
}

function cache({ cache }: Diagnosis): string[] {
  const free = cache.freeBytes === undefined ? '' : `, ${(cache.freeBytes / 1e9).toFixed(1)} GB free`;
  const says = `${cache.folder}${free}${cache.writable ? '' : ', not writable'}`;
  const remedy = cache.writable ? '' : 'Set ASSAY_CACHE to a folder that you can write to.';
  return toolLines({ ok: cache.writable, name: 'cache', found: says, remedy });
}

function confinement({ confinement }: Diagnosis): string[] {
  return confinement.flatMap((measure) => {
    const { name: says, inForce: ok } = measure;
    return toolLines({
      ok,
      name: 'confinement',
      found: says,
      remedy: ok ? '' : `Models run without this. ${lackOf(measure)}`,
    });
  });
}

function prepared({ prepared }: Diagnosis): string[] {
  return prepared.flatMap((runtime) => {
    const fault = faultOf(runtime);
    const says = `${runtime.source}: ${runtime.origin}, ${fault ?? 'loads, files intact'}`;
    const line = { ok: fault === undefined, name: `tensorflow ${runtime.tensorflow}`, found: says };
    return toolLines({ ...line, remedy: fault === undefined ? '' : remedyOf(runtime) });
  });
}

function faultOf({ damage, probed, tensorflow }: PreparedRuntime): string | undefined {
  if (damage !== undefined) return damage;
  if (!probed.loads) return `does not load: ${probed.why}`;
  return probed.tensorflow === tensorflow ? undefined : `is TensorFlow ${probed.tensorflow}`;
}

function remedyOf({ source, origin, tensorflow }: PreparedRuntime): string {
  return source === 'folder'
    ? `assay setup --force --from ${origin}`
    : `assay setup --force --tensorflow ${tensorflow}`;
}
