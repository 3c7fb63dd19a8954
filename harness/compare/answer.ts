import type { Answer, ContractDifference, FunctionDelta, Purpose } from '../verdict/comparison.js';
import { plural } from '../verdict/plural.js';
import { breaks } from './effects.js';

/** What an answer rests on. */
export type Found = {
  readonly purpose: Purpose;
  readonly contract: readonly ContractDifference[];
  readonly function: FunctionDelta | undefined;
  readonly undecided: readonly string[];
};

/** The answer, and what it rests on in sentences. A breaking difference is one whatever else is unknown. */
export function answerTo({ purpose, contract, function: called, undecided }: Found): {
  readonly answer: Answer;
  readonly because: readonly string[];
} {
  const breaking = contract.filter((difference) => breaks(difference, purpose));
  if (breaking.length > 0) {
    const named = breaking.map(({ what }) => what).join(', ');
    return {
      answer: 'not-a-replacement',
      because: [`${plural(breaking.length, 'breaking difference')}: ${named}.`],
    };
  }
  if (undecided.length > 0) return { answer: 'undecided', because: undecided };
  if (called === undefined || called.rows.length === 0)
    return { answer: 'undecided', because: ['No call of both models was compared.'] };
  const trained = purpose === 'inference' || called.training === undefined || called.training.same;
  const drawn = (called.drawn ?? []).every(({ same }) => same);
  if (!called.sameWithin || !trained || !drawn)
    return { answer: 'another-function', because: offBy(called, trained) };
  const wider = contract.filter(({ effect }) => effect[purpose] === 'widening');
  if (called.sameToNoise && wider.length === 0)
    return {
      answer: 'identical',
      because: ['Every difference of the outputs is within the noise of both models.'],
    };
  return { answer: 'drop-in', because: [...boundOf(called), ...wider.map(inWords)] };
}

function inWords({ what, old, new: now, why }: ContractDifference): string {
  return `${what}: ${old} in OLD, ${now} in NEW. ${why}`;
}

function offBy({ rows, drawn = [], training, sameWithin }: FunctionDelta, trained: boolean): string[] {
  const worst = rows.toSorted((a, b) => b.timesNoise - a.timesNoise)[0];
  return [
    ...(worst && !sameWithin
      ? [
          `Outputs differ by up to ${worst.largest.toPrecision(3)}, ${worst.timesNoise.toPrecision(3)} times what rounding explains (${worst.kind}).`,
        ]
      : []),
    ...drawn.flatMap(({ same, says }) => (same ? [] : [says])),
    ...(trained ? [] : [training?.says ?? '']),
  ];
}

function boundOf({ rows, sameToNoise }: FunctionDelta): string[] {
  if (sameToNoise) return ['Every difference of the outputs is within the noise of both models.'];
  const largest = rows.reduce((most, one) => Math.max(most, one.largest), 0);
  return [`Outputs differ by at most ${largest.toPrecision(3)}, within the rounding of the noisier model.`];
}
