import { isRecord } from '../../verdict/is-record.js';
import type { Fetched, Reply } from './messages.js';

/** Characters of a text of TensorFlow that are kept; what a model writes into it may be without end. */
const maxText = 4000;

/** Tensors and names in one answer, and dimensions of a tensor, at most. */
const maxItems = 1_000_000;
const maxRank = 254;

/**
 * What a process says, if it is what our own code would say: a hole in TensorFlow may have put a stranger's code in its place, and its
 * messages can be anything. Texts are cut. Undefined for any other message.
 */
export function soundReply(message: unknown): Reply | undefined {
  if (!isRecord(message)) return undefined;
  const { kind, id, callMs } = message;
  const text = typeof message.message === 'string' ? message.message.slice(0, maxText) : undefined;
  switch (kind) {
    case 'ready':
      return typeof message.tensorflow === 'string'
        ? { kind, tensorflow: message.tensorflow.slice(0, maxText) }
        : undefined;
    case 'no-tensorflow':
    case 'inaccessible':
    case 'unloadable':
      return text === undefined ? undefined : { kind, message: text };
    case 'failed':
      return text !== undefined && isCount(id) && isTime(callMs) && isCount(message.before)
        ? { kind, id, message: text, callMs, before: message.before }
        : undefined;
    case 'undecided': {
      const { failure } = message;
      const known = failure === 'unreadable' || failure === 'no-tensorflow';
      return text !== undefined && isCount(id) && known ? { kind, id, failure, message: text } : undefined;
    }
    case 'fetched':
      return isCount(id) && isTime(callMs) ? fetched(message, id, callMs) : undefined;
    default:
      return undefined;
  }
}

function fetched(
  { tensors, texts }: Readonly<Record<string, unknown>>,
  id: number,
  callMs: number,
): Reply | undefined {
  if (!isShort(tensors) || !tensors.every(isFetched)) return undefined;
  if (texts === undefined) return { kind: 'fetched', id, tensors, callMs };
  if (!isShort(texts) || !texts.every(isTextOrNull)) return undefined;
  return { kind: 'fetched', id, tensors, texts: texts.map((one) => one?.slice(0, maxText) ?? null), callMs };
}

/** A dense list: `every` skips the holes of others. */
function isShort(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length <= maxItems && Object.keys(value).length === value.length;
}

function isFetched(value: unknown): value is Fetched {
  if (!isRecord(value) || !isShort(value.shape) || value.shape.length > maxRank) return false;
  const { shape, values } = value;
  const isTyped = [Float32Array, Int32Array, Uint8Array].some((kind) => values instanceof kind);
  if (!isTyped || !shape.every(isCount)) return false;
  return (values as Float32Array).length === (shape as number[]).reduce((product, size) => product * size, 1);
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || typeof value === 'string';
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
