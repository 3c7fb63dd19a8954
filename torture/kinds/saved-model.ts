import { readFileSync } from 'node:fs';
import fc, { type Arbitrary } from 'fast-check';
import { inProject } from '../../proof/project.js';
import type { Input, Kind } from '../kind.js';
import { damages } from '../mutations/bytes.js';
import { type Change, changes, type Parsed, parsed, severalChanges } from '../mutations/messages.js';

/** Small models that differ in what they have: hyperparameters, tables, assets, a JAX export. */
export const baseModels = [
  'tiny-features',
  'tiny-classifier',
  'odd-captures',
  'jax-inner-dropout',
  'looks-up-in-table',
  'level-selects-branch',
];

const messages = new Map<string, Parsed>();

/** Everything that can happen to `saved_model.pb`. */
export const savedModelKinds: readonly Kind[] = [
  ...Object.entries(damages).map(([name, damage]) =>
    kind(
      name,
      damage.map(
        (spoil) =>
          ({ file }) =>
            spoil(file),
      ),
    ),
  ),
  ...Object.entries(changes).map(([name, change]) =>
    kind(name, change, /20,000|10,000/.test(name) ? 0.2 : 1),
  ),
  kind('several fields changed', severalChanges(), 0.5),
  kind(
    'random bytes',
    fc.uint8Array({ maxLength: 300 }).map((bytes) => () => bytes),
    0.5,
  ),
];

function kind(name: string, change: Arbitrary<Change>, share = 1): Kind {
  return {
    format: 'saved_model.pb',
    name,
    share: share * 0.35,
    inputs: fc.tuple(fc.constantFrom(...baseModels), change).map(input),
  };
}

function input([base, change]: [string, Change]): Input {
  return { base, files: { 'saved_model.pb': change(messageOf(base)) } };
}

function messageOf(base: string): Parsed {
  const known =
    messages.get(base) ?? parsed(readFileSync(inProject('models-under-test', base, 'saved_model.pb')));
  messages.set(base, known);
  return known;
}
