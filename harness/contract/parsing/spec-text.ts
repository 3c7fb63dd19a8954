import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { Problem } from '../problem/problem.js';
import { linesOf } from '../yaml/lines.js';

export type SpecText =
  /** `sha256`: of the file's bytes, in hexadecimal. */
  | { readonly kind: 'text'; readonly text: string; readonly sha256: string }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** In bytes: a larger file is not a spec. */
const maxBytes = 1024 * 1024;

/** The text of a spec file, or the problem that prevents reading it. */
export async function readText(path: string): Promise<SpecText> {
  try {
    const stats = await stat(path);
    if (stats.isDirectory()) return refusal(path, 'this is a folder, not a spec', 'use a `.yaml` file in it');
    if (!stats.isFile()) return refusal(path, 'this is not a file', 'use a `.yaml` file');
    if (stats.size > maxBytes) {
      return refusal(
        path,
        `a file of ${stats.size} bytes is not a spec`,
        'use the `.yaml` file that describes the model',
      );
    }
    return decoded(await readFile(path), path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const [message, hint] = reasons[code] ?? [`the spec cannot be read: ${String(error)}`, 'check the path'];
    return refusal(path, message, hint);
  }
}

const reasons: Readonly<Record<string, readonly [message: string, hint: string]>> = {
  ENOENT: ['there is no such file', '`assay init MODEL` writes one'],
  ENOTDIR: ['there is no such file', 'part of the path is not a folder'],
  EACCES: ['you have no permission to read the file', 'change its permissions: `chmod u+r FILE`'],
  ENAMETOOLONG: ['there is no such file', 'the path is too long'],
};

function refusal(file: string, message: string, hint: string): SpecText {
  return { kind: 'problem', problem: { file, line: 1, column: 1, text: '', message, hint } };
}

function decoded(bytes: Buffer, path: string): SpecText {
  const start = bytes.subarray(0, 2).toString('hex');
  if (start === 'fffe' || start === 'feff') return refusal(path, 'the file is in UTF-16', 'save it as UTF-8');
  const text = bytes.toString('utf8');
  const offset = firstUndecoded(text, bytes);
  if (offset === undefined)
    return { kind: 'text', text, sha256: createHash('sha256').update(bytes).digest('hex') };
  const lines = linesOf(text);
  const position = lines.positionOf(offset);
  const message = 'the file is not UTF-8: this byte is invalid';
  const problem = {
    file: path,
    ...position,
    text: lines.textOf(position.line),
    message,
    hint: 'save it as UTF-8',
  };
  return { kind: 'problem', problem };
}

/** The first replacement character that decoding put in and the file does not have. */
function firstUndecoded(text: string, bytes: Buffer): number | undefined {
  const replacement = Buffer.from('\uFFFD');
  for (let at = text.indexOf('\uFFFD'); at !== -1; at = text.indexOf('\uFFFD', at + 1)) {
    const start = Buffer.byteLength(text.slice(0, at));
    if (!bytes.subarray(start, start + replacement.length).equals(replacement)) return at;
  }
  return undefined;
}
