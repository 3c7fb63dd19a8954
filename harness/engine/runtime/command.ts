import { spawn } from 'node:child_process';
import { systemTool } from '../process/confinement/system-tool.js';
import { killFamily } from '../process/family.js';

export type CommandOutcome =
  | { readonly status: 'missing' }
  | { readonly status: 'finished'; readonly code: number; readonly out: string; readonly err: string }
  | { readonly status: 'killed'; readonly by: string; readonly out: string; readonly err: string };

export type CommandOptions = {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number;
  /** Called with each piece of standard output or standard error as it comes. */
  readonly onOutput?: (text: string) => void;
};

/**
 * Runs a command to its end, without a shell and without input. Throws only the reason that `signal` was aborted with.
 * A command past its timeout is `killed` by SIGKILL.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: CommandOptions = {},
): Promise<CommandOutcome> {
  const { signal, onOutput, timeoutMs, ...rest } = options;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(...dyingWithUs(command, args), { ...rest, stdio: ['ignore', 'pipe', 'pipe'] });
    const text = { out: '', err: '' };
    const collect = (stream: 'out' | 'err') => (piece: string) => {
      text[stream] += piece;
      onOutput?.(piece);
    };
    child.stdout.setEncoding('utf8').on('data', collect('out'));
    child.stderr.setEncoding('utf8').on('data', collect('err'));
    const stop = () => {
      if (child.pid !== undefined) killFamily(child.pid);
      child.kill('SIGKILL');
    };
    const timer = timeoutMs === undefined ? undefined : setTimeout(stop, timeoutMs);
    signal?.addEventListener('abort', stop, { once: true });
    const settle = (outcome: CommandOutcome) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted) reject(signal.reason);
      else resolve(outcome);
    };
    child.on('error', () => settle({ status: 'missing' }));
    child.on('close', (code, by) =>
      settle(
        code === null
          ? { status: 'killed', by: by ?? 'a signal', ...text }
          : code === 127 && notFound.test(text.err)
            ? { status: 'missing' }
            : { status: 'finished', code, ...text },
      ),
    );
  });
}

/** Where the system has the means, a command ends even with a process of ours that is killed. */
function dyingWithUs(command: string, args: readonly string[]): [command: string, args: readonly string[]] {
  const setpriv = systemTool('setpriv');
  return setpriv === undefined ? [command, args] : [setpriv, ['--pdeathsig=KILL', '--', command, ...args]];
}

const notFound = /^setpriv: failed to execute .*: No such file or directory$/m;

/** The last lines of a command's output, for an error message. */
export function lastWords(outcome: { readonly out: string; readonly err: string }, lines = 4): string {
  const said = outcome.err.trim() === '' ? outcome.out : outcome.err;
  return said.trim().split('\n').slice(-lines).join('\n');
}
