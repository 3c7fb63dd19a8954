import { SingleBar } from 'cli-progress';
import type { PreparationStep } from '../harness/engine/runtime/progress.js';
import { visible } from '../reports/wording/visible.js';

export type ProgressDisplay = {
  readonly show: (progress: PreparationStep) => void;
  readonly end: () => void;
};

/** Progress of preparing a runtime: a bar on a terminal, a line for each step elsewhere. */
export function progressDisplay(
  stream: NodeJS.WritableStream & { readonly isTTY?: boolean },
): ProgressDisplay {
  const steps = lines(stream);
  return stream.isTTY && !process.env.CI ? bar(stream, steps) : { show: steps, end: () => undefined };
}

/** Writes each step once, when it begins. */
function lines(stream: NodeJS.WritableStream): (progress: PreparationStep) => void {
  const printed = new Set<string>();
  return ({ label }) => {
    if (printed.has(label)) return;
    printed.add(label);
    stream.write(`${visible(label)}\n`);
  };
}

function bar(stream: NodeJS.WritableStream, steps: (progress: PreparationStep) => void): ProgressDisplay {
  let running: { readonly label: string; readonly bar: SingleBar } | undefined;
  const end = () => {
    running?.bar.stop();
    running = undefined;
  };
  const show = (progress: PreparationStep) => {
    const { label, done, total } = progress;
    if (done === undefined || total === undefined) {
      end();
      steps(progress);
      return;
    }
    if (running?.label !== label) {
      end();
      running = {
        label,
        bar: new SingleBar({ stream, format, fps: 5, hideCursor: true, clearOnComplete: true }),
      };
      running.bar.start(megabytes(total), 0, { label: visible(label) });
    }
    running.bar.update(megabytes(done));
  };
  return { show, end };
}

const format = '{label}  {bar} {percentage}%  {value} of {total} MB';

const megabytes = (bytes: number): number => Math.round(bytes / 1e6);
