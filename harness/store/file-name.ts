import { createHash } from 'node:crypto';

/** A text as part of a file name: as it is where that is safe, else shortened, with a hash that makes it unique. */
export function asFileName(text: string): string {
  const plain = text.replaceAll('/', '-');
  if (/^\w[\w.-]{0,79}$/.test(plain)) return plain;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 8);
  const letters = plain.replaceAll(/[^\w.-]+/g, '_').replace(/^[._-]+/, '');
  return `${letters.slice(0, 40)}${letters === '' ? '' : '-'}${hash}`;
}
