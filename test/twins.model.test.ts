import { beforeAll, describe, expect, test } from 'vitest';
import { ofModel, ofTwin } from '../proof/defects.js';
import { materialNamed } from '../proof/material.js';
import { prove } from '../proof/prove.js';
import { type Tallies, tallyOf } from '../proof/tally.js';

/** The proof in short: `npm run proof` does the same with more seeds. */
const seed = 20261123;
const material = materialNamed([]);
let tallies: Tallies;

beforeAll(async () => {
  tallies = tallyOf(material, await prove(material, [seed]));
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

describe('every broken twin fails the check that is named for it, and no other MUST', () => {
  test.each(material.twins)('$twin: $check', ({ twin: name }) => {
    const tally = tallies.twins.find(({ twin }) => twin === name);
    expect(tally && ofTwin(tally)).toEqual([]);
  });
});
