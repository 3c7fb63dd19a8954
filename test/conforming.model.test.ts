import { beforeAll, describe, expect, test } from 'vitest';
import { ofModel } from '../proof/defects.js';
import { materialNamed } from '../proof/material.js';
import { prove } from '../proof/prove.js';
import { type Tallies, tallyOf } from '../proof/tally.js';

/** The proof in short: `npm run proof` does the same with more seeds. */
const seed = 20261123;
const material = { ...materialNamed([]), twins: [] };
let tallies: Tallies;

beforeAll(async () => {
  const [run, ...others] = await prove(material, [seed]);
  if (!run || others.length > 0) throw new Error('One seed is one run.');
  tallies = tallyOf(material, [run]);
}, 1_800_000);

test('the run came to its end', () => {
  expect(tallies.died).toEqual([]);
});

describe('every conforming model passes, without a warning', () => {
  test.each(material.models)('%s', (name) => {
    const tally = tallies.models.find(({ model }) => model === name);
    expect(tally && ofModel(tally)).toEqual([]);
    expect(tally?.passed).toBeGreaterThan(0);
  });
});
