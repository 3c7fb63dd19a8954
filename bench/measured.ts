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

const intervalMs = 100;

/** Runs a program to its end. @throws Error where it fails */
export async function measured(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  const start = performance.now();
  const child = spawn(program, args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3', ...env },
  });
  let peakBytes = 0;
  const timer = setInterval(async () => {
    peakBytes = Math.max(peakBytes, await residentBytes(child.pid ?? 0));
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

/** Of those that are still there. */
async function residentBytes(pid: number): Promise<number> {
  const used = await Promise.allSettled(familyOf(pid).map((one) => pidusage(one)));
  return used.reduce((sum, one) => sum + (one.status === 'fulfilled' ? one.value.memory : 0), 0);
}
