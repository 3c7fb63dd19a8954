import { constants } from 'node:os';
import { EngineError } from './failures.js';

/** Why a process ended by itself. bubblewrap, around it, gives a signal as a code, as a shell does. */
export function endOf(code: number | null, signal: string | null, stderr: string): EngineError {
  if (/bad_alloc|out of memory|OOM/i.test(stderr))
    return new EngineError('memory', 'The model ran out of memory.');
  const by = signal ?? signalIn(code);
  const how = by === undefined ? `ended with code ${code}` : `was ended by ${by}`;
  const words = stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !chatter.test(line))
    .at(-1);
  return new EngineError('crash', `The model's process ${how}${words ? `: ${words}` : ''}.`);
}

/** TensorFlow's own start-up lines. */
const chatter = /^(WARNING: All log messages|[IW]\d{4} )/;

function signalIn(code: number | null): string | undefined {
  return Object.entries(constants.signals).find(([, number]) => code === 128 + number)?.[0];
}
