import type { Verdict } from '../../harness/verdict/run.js';
import { worst } from '../../harness/verdict/verdict.js';
import {
  answerOfOutputs,
  type ModelOnVersions,
  type OnVersion,
  type OutputsAnswer,
  type OutputsCompared,
  type VersionsRun,
} from '../../harness/verdict/versions.js';
import { rowsCells, rowsHead, witnessInWords } from '../comparison/wording.js';
import { caveatsOf } from '../wording/headline.js';
import { verdictLabels } from '../wording/outcome.js';

export type Tone = 'pass' | 'warning' | 'fail' | 'error';

/** What all models come to on all versions, and what that does not tell. */
export function runHeadline(run: VersionsRun): string {
  const caveats = caveatsOf(run).map((caveat) => ` (${caveat})`);
  return `${ofAll(run)}${caveats.join('')}`;
}

function ofAll({ verdict, models }: VersionsRun): string {
  if (verdict === 'unknown') return 'Could not decide for every model and version';
  const broken = models.some(({ results }) => results.some((one) => one.verdict === 'does-not-conform'));
  if (broken) return 'Not every model conforms on every version';
  const differ = models.some(hasOtherOutputs) ? ', but outputs differ beyond the noise' : '';
  return `Every model conforms on every version${differ}`;
}

export function runTone({ verdict, models }: VersionsRun): Tone {
  return verdict === 'conforms' && models.some(hasOtherOutputs) ? 'warning' : tones[verdict];
}

function hasOtherOutputs({ outputs }: ModelOnVersions): boolean {
  return outputs.some((one) => answerOfOutputs(one) === 'other');
}

export const tones: Readonly<Record<Verdict, Tone>> = {
  conforms: 'pass',
  'does-not-conform': 'fail',
  unknown: 'error',
};

export const outputTones: Readonly<Record<OutputsAnswer, Tone>> = {
  same: 'pass',
  other: 'warning',
  undecided: 'error',
};

/** Of a model as a whole. */
export function modelTone(model: ModelOnVersions): Tone {
  const tone = tones[worst(model.results.map(({ verdict }) => verdict))];
  return tone === 'pass' && hasOtherOutputs(model) ? 'warning' : tone;
}

export function modelHeadline({ name, headline }: ModelOnVersions): string {
  return `${name} ${headline}`;
}

export function writerInWords({ writtenWith }: ModelOnVersions): string {
  return writtenWith === undefined ? 'not recorded' : `TensorFlow ${writtenWith}`;
}

/** `does not conform`, and what that rests on. */
export function resultInWords({ verdict, because }: OnVersion): string {
  if (because === undefined) return verdictLabels[verdict];
  const says = because.check === undefined ? because.says : `${because.check}: ${because.says}`;
  return `${verdictLabels[verdict]}; ${says}`;
}

/** Whether outputs on two versions are the same, and what that rests on, a sentence each. */
export function outputsInWords(compared: OutputsCompared): readonly string[] {
  const { from, to, function: called, differences, undecided } = compared;
  const heads: Readonly<Record<OutputsAnswer, string>> = {
    same: called?.sameToNoise ? 'the same to the noise' : 'the same within the noise of the noisier one',
    other: differences.length > 0 ? 'calls are answered otherwise' : 'different beyond the noise',
    undecided: 'could not be compared',
  };
  const others = [
    ...(called?.drawn ?? []),
    ...(called?.training ? [{ kind: 'training', ...called.training }] : []),
  ];
  return [
    heads[answerOfOutputs(compared)],
    ...differences.map((one) => `${one.what}: ${one.from} (${from}), ${one.to} (${to})`),
    ...others
      .filter(({ same }) => !same)
      .map(({ kind, says }) => `${kind}: ${says.replaceAll('OLD', from).replaceAll('NEW', to)}`),
    ...undecided,
    ...(called?.rows.length === 0 && undecided.length === 0 ? ['No call was answered on both.'] : []),
  ];
}

/** The numbers of a comparison, a line for each kind of calls. */
export function numbersInWords({ function: called }: OutputsCompared): readonly string[] {
  return (called?.rows ?? []).map((row) => {
    const [kind = '', ...cells] = rowsCells(row);
    const named = cells.flatMap((cell, at) => (cell === '' ? [] : [`${rowsHead[at + 1]} ${cell}`]));
    return `${kind}: ${named.join(', ')}`;
  });
}

/** Where outputs differ most, the two versions named. */
export function farthestInWords({ from, to, function: called }: OutputsCompared): readonly string[] {
  if (called?.witness === undefined) return [];
  return witnessInWords(called.witness).map(
    ([label, says]) => `${label} ${says.replace(' in OLD', ` on ${from}`).replace(' in NEW', ` on ${to}`)}`,
  );
}

export function contextInWords({ seed, tool, environment, versions }: VersionsRun): string {
  const { node, os } = environment;
  const tried = versions.map(({ version }) => version).join(', ');
  return `TensorFlow ${tried || 'none'}; seed ${seed}; ${tool.name} ${tool.version}, Node ${node}, ${os}`;
}
