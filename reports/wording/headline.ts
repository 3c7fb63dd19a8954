import { plural } from '../../harness/verdict/plural.js';
import type { ModelRun, Run, Verdict } from '../../harness/verdict/run.js';
import { choiceIn } from '../../harness/verdict/selection.js';
import { isEmptyPart } from '../../harness/verdict/verdict.js';
import { type Tally, tally } from './outcome.js';
import { rejudgedBriefly } from './rejudged.js';

/** A run's verdict in words, and the reason in a few words. */
export type Headline = { readonly verdict: string; readonly why: string };

/** For example "Does not conform (shard 2 of 3)", "2 of 6 models break a promise, 1 could not be decided". */
export function headline(run: Run): Headline {
  const part = partInWords(run);
  const { verdict, why } = headlineOfModels(run);
  return { verdict: part === undefined ? verdict : `${verdict} (${part})`, why };
}

/** Which part of a whole run it is, for example "shard 2 of 3", "only 5 chosen checks"; undefined where it is all. */
export function partInWords({ selection, rules }: Pick<Run, 'selection' | 'rules'>): string | undefined {
  const shard = selection?.shard;
  const checks = rules ? plural(rules.length, 'chosen check') : 'chosen checks';
  const parts = [
    ...(shard ? [`shard ${shard.index} of ${shard.count}`] : []),
    ...(choiceIn(selection) ? [`only ${checks}`] : []),
  ];
  return parts.length === 0 ? undefined : parts.join(', ');
}

/** What its verdict does not tell: that not all was run, or not as the spec has it; each in a few words. */
export function caveatsOf(
  run: Pick<Run, 'selection' | 'rules' | 'interrupted' | 'allowUnsafe' | 'rejudged'>,
): string[] {
  return [
    partInWords(run) ?? [],
    run.interrupted ? 'interrupted' : [],
    run.allowUnsafe ? 'with --allow-unsafe' : [],
    rejudgedBriefly(run) ?? [],
  ].flat();
}

function headlineOfModels(run: Run): Headline {
  const [only] = run.models;
  const why = only && run.models.length === 1 ? whyOne(only, run) : whyMany(run);
  return {
    verdict: isEmptyPart(run) ? 'Nothing to check' : verdicts[run.verdict],
    why: [why, ...(run.allowUnsafe ? ['with --allow-unsafe'] : []), rejudgedBriefly(run) ?? []]
      .flat()
      .join(', '),
  };
}

const verdicts: Readonly<Record<Verdict, string>> = {
  conforms: 'Conforms',
  'does-not-conform': 'Does not conform',
  unknown: 'Could not decide',
};

/** Where it says what passing checks do not show; undefined where no model conforms. */
export function limitsHint({ models }: Run): string | undefined {
  const conforming = models.some(({ verdict }) => verdict === 'conforms');
  return conforming ? 'what a pass does not show: assay explain limits' : undefined;
}

function whyOne(model: ModelRun, run: Run): string {
  const counts = tally(model.checks, run.strict);
  switch (run.verdict) {
    case 'conforms':
      return `every checked promise is kept${excused(run)}`;
    case 'does-not-conform':
      return faultsInWords(counts) || (model.problem ?? '');
    case 'unknown':
      if (counts.error > 0) return `${plural(counts.error, 'check')} could not decide`;
      return run.interrupted ? 'the run did not finish' : 'no check reached a verdict';
  }
}

function faultsInWords({ fail, stale }: Tally): string {
  const parts = [
    ...(fail > 0 ? [`${plural(fail, 'promise')} broken`] : []),
    ...(stale > 0 ? [plural(stale, 'stale waiver')] : []),
  ];
  return parts.join(', ');
}

function whyMany(run: Run): string {
  const of = (verdict: Verdict) => run.models.filter((model) => model.verdict === verdict).length;
  const [all, broken, unknown] = [run.models.length, of('does-not-conform'), of('unknown')];
  if (isEmptyPart(run)) return 'no spec falls to this shard';
  if (all === 0) return 'nothing was checked';
  if (run.verdict === 'conforms') return `all ${all} models keep every checked promise${excused(run)}`;
  if (broken === 0)
    return unknown === 0 ? 'the run did not finish' : `${unknown} of ${all} models could not be decided`;
  const unjudged = unknown === 0 ? '' : `, ${unknown} could not be decided`;
  return `${broken} of ${all} models ${broken === 1 ? 'breaks' : 'break'} a promise${unjudged}`;
}

/** Waivers, warnings and guesses, which a conforming run must not hide. */
function excused(run: Run): string {
  const { warning, waived } = tally(
    run.models.flatMap((model) => model.checks),
    run.strict,
  );
  const guesses = run.models.reduce((sum, { unconfirmed = [] }) => sum + unconfirmed.length, 0);
  const parts = [
    ...(guesses > 0 ? [`${plural(guesses, 'value')} to confirm`] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(warning > 0 ? [plural(warning, 'warning')] : []),
  ];
  return parts.length === 0 ? '' : `, but ${parts.join(', ')}`;
}
