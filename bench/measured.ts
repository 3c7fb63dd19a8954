import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import pidusage from 'pidusage';
import { familyOf } from '../harness/engine/process/family.js';

export type Measured = {
  readonly wallMs: number;
  /** The most memory that it and all its processes held together. */
  readonly peakBytes: number;
  readonly out: string;
};

/** Memory that is resident, at a time since the program was started. */
export type MemorySample = {
  readonly atMs: number;
  /** Of the program itself. */
  readonly ownBytes: number;
  /** Of all its processes, too. */
  readonly allBytes: number;
};

const usualIntervalMs = 100;

/** Runs a program to its end; its memory is looked at again and again. @throws Error where it fails */
export async function measured(
  program: string,
  args: readonly string[],
  onSample: (sample: MemorySample) => void = () => undefined,
  intervalMs = usualIntervalMs,
): Promise<Measured> {
  const start = performance.now();
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' },
  });
  let peakBytes = 0;
  const timer = setInterval(async () => {
    const atMs = performance.now() - start;
    const [ownBytes = 0, ...others] = await residentBytes(child.pid ?? 0);
    const allBytes = others.reduce((sum, bytes) => sum + bytes, ownBytes);
    onSample({ atMs, ownBytes, allBytes });
    peakBytes = Math.max(peakBytes, allBytes);
  }, intervalMs);
  const ended = new Promise<number | null>((resolve, reject) =>
    child.on('error', reject).on('close', resolve),
  );
  const [code, out, err] = await Promise.all([ended, text(child.stdout), text(child.stderr)]).finally(() =>
    clearInterval(timer),
  );
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${err.slice(-2000)}`);
  return { wallMs: performance.now() - start, peakBytes, out };
}

/** Of a program and its processes, as far as they are still there; itself first. */
export async function residentBytes(pid: number): Promise<number[]> {
  const used = await Promise.allSettled(familyOf(pid).map((one) => pidusage(one)));
  return used.map((one) => (one.status === 'fulfilled' ? one.value.memory : 0));
}
