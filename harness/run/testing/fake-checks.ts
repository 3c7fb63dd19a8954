import { always, type Check, type Measurement, type Property, type Reading } from '../../check/check.js';
import { cornersOf } from '../../images/corners.js';
import { spaceOf } from '../../images/space.js';

type About = Partial<Omit<Check, 'kind'>>;

const about = {
  level: 'must',
  demands: 'It MUST hold.',
  explain: { matters: '', decided: '', fix: '' },
  applies: always,
} as const;

/** A check that is decided by what it reads; left out: it passes. */
export function reading(
  id: string,
  { read = () => ({ status: 'pass', summary: 'fine' }), ...rest }: About & Partial<Reading> = {},
): Check {
  return { ...about, id, ...rest, kind: 'reading', read };
}

/** A check of its own calls; left out: it makes none, and passes. */
export function measurement(
  id: string,
  { measure = async () => ({ status: 'pass', summary: 'fine' }), ...rest }: About & Partial<Measurement> = {},
): Check {
  return { ...about, id, ...rest, kind: 'measurement', measure };
}

/** A property over the batches of the contract, corners first; left out: that the call runs. */
export function property(
  id: string,
  {
    holds = async (subject, batch) => {
      await subject.call(batch);
    },
    ...rest
  }: About & Partial<Property> = {},
): Check & Property {
  const space = { corners: cornersOf, space: spaceOf, held: () => 'all run' };
  return { ...about, ...space, id, ...rest, kind: 'property', holds };
}
