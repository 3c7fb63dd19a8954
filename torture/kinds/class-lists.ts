import { readFileSync } from 'node:fs';
import fc, { type Arbitrary } from 'fast-check';
import { inProject } from '../../proof/project.js';
import type { Kind } from '../kind.js';
import { anyDamage } from '../mutations/bytes.js';

/** Everything that can happen to a list of classes. */
export const classListKinds: readonly Kind[] = [
  kind(
    'any bytes changed',
    anyDamage.map((damage) => damage(readFileSync(inProject('specs', 'tiny-classifier.labels.txt')))),
  ),
  kind(
    'hostile names',
    fc.array(names(), { maxLength: 20 }).map((all) => Buffer.from(all.join('\n'))),
  ),
  kind(
    'line ends, and lines without end',
    fc
      .tuple(fc.constantFrom('\n', '\r\n', '\r', '\n\r', '\0', ''), fc.nat(1_000_000))
      .map(([end, count]) => Buffer.from(`a${end}`.repeat(count))),
    0.05,
  ),
  kind(
    'up to 500,000 different names',
    fc
      .nat(500_000)
      .map((count) => Buffer.from(Array.from({ length: count }, (_, at) => `class ${at}`).join('\n'))),
    0.01,
  ),
];

function kind(name: string, lists: Arbitrary<Uint8Array>, share = 1): Kind {
  const inputs = lists.map((bytes) => ({ files: { 'labels.txt': bytes } }));
  return { format: 'class list', name, share, inputs };
}

function names(): Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.constantFrom('', ' ', '\u200b', '\ufeff', '\0', '\x1b[2J', '__proto__', 'x'.repeat(10_000)),
  );
}
