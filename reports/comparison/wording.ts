import { argumentsInWords } from '../../harness/verdict/arguments-in-words.js';
import type {
  Agreement,
  Answer,
  Comparison,
  ContractDifference,
  Purpose,
  RowsCompared,
  Witness,
} from '../../harness/verdict/comparison.js';
import { batchInWords, tensorflowInWords } from '../wording/words.js';

/** The answer as a headline. */
export const headlines: Readonly<Record<Answer, string>> = {
  identical: 'Identical: NEW does what OLD does, to the noise',
  'drop-in': 'Drop-in: NEW may take the place of OLD',
  'another-function': 'Same contract, another function',
  'not-a-replacement': 'Not a replacement',
  undecided: 'Could not decide',
};

export type Tone = 'pass' | 'warning' | 'fail' | 'error';

export const tones: Readonly<Record<Answer, Tone>> = {
  identical: 'pass',
  'drop-in': 'pass',
  'another-function': 'warning',
  'not-a-replacement': 'fail',
  undecided: 'error',
};

/** For whom the answer holds, and what the models were held to. */
export function contextInWords({ for: purpose, inferred, spec }: Comparison): string {
  const contract = inferred ? 'what the files of OLD reveal' : `the contract in ${spec}`;
  return `${audience[purpose]} ${contract}`;
}

const audience: Readonly<Record<Purpose, string>> = {
  inference: 'For those who call the model and rely on',
  'fine-tuning': 'For those who train the model further and rely on',
};

/** What each model is, and whether it keeps that contract itself. */
export function sidesInWords({ old, new: now }: Comparison): readonly (readonly [string, string])[] {
  const says = { conforms: 'conforms', 'does-not-conform': 'breaks the contract', unknown: 'undecided' };
  const text = (side: Comparison['old']) =>
    `${side.given}: ${says[side.verdict]}${side.digest === '' ? '' : `; ${side.digest.slice(0, 19)}…`}`;
  const same = old.digest !== '' && old.digest === now.digest ? '; the same files as OLD' : '';
  return [
    ['OLD', text(old)],
    ['NEW', `${text(now)}${same}`],
  ];
}

/** Breaking ones first. */
export function differencesFor({ contract, for: purpose }: Comparison): readonly ContractDifference[] {
  const rank = { breaking: 0, widening: 1, neutral: 2 };
  return contract.toSorted((a, b) => rank[a.effect[purpose]] - rank[b.effect[purpose]]);
}

export const rowsHead = [
  'calls',
  'images',
  'largest',
  'typical',
  '× noise',
  'cosine',
  'same class',
  'same top 5',
];

/** A row of numbers for calls of one kind. */
export function rowsCells(rows: RowsCompared): string[] {
  return [
    rows.kind,
    String(rows.images),
    short(rows.largest),
    short(rows.typical),
    short(rows.timesNoise),
    rows.cosine === 1 ? '1' : String(Number(rows.cosine.toPrecision(7))),
    shareInWords(rows.top1),
    shareInWords(rows.top5),
  ];
}

function shareInWords(agreement: Agreement | undefined): string {
  if (agreement === undefined) return '';
  const { same, of, low, high } = agreement;
  const percent = (share: number) => (100 * share).toFixed(1);
  return `${percent(same / of)} % (${percent(low)} to ${percent(high)})`;
}

/** Where the models differ most, in words. */
export function witnessInWords(witness: Witness): readonly (readonly [string, string])[] {
  const { batch, arguments: args, row, unit, old, new: now, allowed, shrunk } = witness;
  const named = Object.keys(args).length > 0 ? `; ${argumentsInWords(args)}` : '';
  const smaller = shrunk > 0 ? `; shrunk ${shrunk === 1 ? 'once' : `${shrunk} times`}` : '';
  return [
    ['shown by', `${batch ? batchInWords(batch) : (witness.file ?? '')}${named}${smaller}`],
    [
      'row',
      `${row}, column ${unit}: ${float32(old)} in OLD, ${float32(now)} in NEW; rounding explains ${short(allowed)}`,
    ],
  ];
}

export function runInWords({ seed, tool, environment }: Comparison): string {
  const { tensorflow, node, os } = environment;
  return `seed ${seed}; ${tool.name} ${tool.version}, ${tensorflowInWords(tensorflow)}, Node ${node}, ${os}`;
}

/** As many digits as tell any two of them apart. */
function float32(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(9))) : String(value);
}

function short(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : String(value);
}
