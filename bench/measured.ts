import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import pidusage from 'pidusage';
import { familyOf } from '../harness/engine/process/family.js';

export type Measured = {
  readonly wallMs: number;
  /** The most memory that it and all its processes held together. */
  readonly peakBytes: number;
  readonly samples: readonly MemorySample[];
  readonly out: string;
};

/** Memory that is resident, in bytes. */
type Resident = {
  /** Of the program itself. */
  readonly ownBytes: number;
  /** Of all its processes, too. */
  readonly allBytes: number;
};

/** At a time since the program was started. */
export type MemorySample = Resident & { readonly atMs: number };

const usualIntervalMs = 100;

/** Runs a program to its end; its memory is looked at again and again. @throws Error where it fails */
export async function measured(
  program: string,
  args: readonly string[],
  intervalMs = usualIntervalMs,
): Promise<Measured> {
  const start = performance.now();
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  const samples: MemorySample[] = [];
  const timer = setInterval(async () => {
    const atMs = performance.now() - start;
    samples.push({ atMs, ...(await resident(child.pid ?? 0)) });
  }, intervalMs);
  const ended = new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]).finally(() =>
    clearInterval(timer),
  );
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${err.slice(-2000)}`);
  const peakBytes = Math.max(0, ...samples.map(({ allBytes }) => allBytes));
  return { wallMs: performance.now() - start, peakBytes, samples, out };
}

/** Of a program and its processes, as far as they are still there. */
export async function resident(pid: number): Promise<Resident> {
  const used = await Promise.allSettled(familyOf(pid).map((one) => pidusage(one)));
  const bytes = used.map((one) => (one.status === 'fulfilled' ? one.value.memory : 0));
  return { ownBytes: bytes[0] ?? 0, allBytes: bytes.reduce((sum, one) => sum + one, 0) };
}
