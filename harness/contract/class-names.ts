import { readRegularFile } from '../verdict/regular-file.js';
import { unlessSystemError } from '../verdict/system-error.js';

/** The names in a list of classes: one in each line, the line's end after the last one not counted. */
export function classNames(text: string): readonly string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.trim());
}

/** In bytes: a longer list is none of classes. */
const maxBytes = 2 ** 26;

/** The names in a file; undefined where it cannot be read as a list. */
export function classNamesIn(file: string): readonly string[] | undefined {
  try {
    return classNames(readRegularFile(file, maxBytes).toString('utf8'));
  } catch (error) {
    return unlessSystemError(error);
  }
}

/** Whether a name has no character that can be seen: spaces of any kind, zero-width characters, control characters. */
export function isBlank(name: string): boolean {
  return /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\p{Cc}\p{Cf}\u2800]*$/u.test(name);
}

/** Each character of a name once, as `U+3164`: how one that cannot be seen is told of. */
export function codePointsIn(name: string): readonly string[] {
  return [...new Set(name)].map((character) => {
    const digits = (character.codePointAt(0) ?? 0).toString(16).toUpperCase();
    return `U+${digits.padStart(4, '0')}`;
  });
}
