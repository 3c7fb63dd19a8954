import type { Cause } from '../../harness/verdict/diff/causes.js';
import type { Change, CheckChange } from '../../harness/verdict/diff/change.js';
import type { ModelDiff, RunDiff } from '../../harness/verdict/diff/diff-runs.js';
import { isCompared } from '../../harness/verdict/diff/exit-code.js';
import { plural } from '../../harness/verdict/plural.js';

/** Changes that are told one by one, what matters most first. */
const told: readonly Change[] = [
  'broken',
  'became-undecided',
  'new-warning',
  'still-broken',
  'still-undecided',
  'fixed',
  'decided',
  'waived',
  'skipped',
  'gone',
  'new',
];

export const changeWords: Readonly<Record<Change, string>> = {
  broken: 'newly broken',
  'became-undecided': 'no longer decided',
  'new-warning': 'new warning',
  'still-broken': 'still broken',
  'still-undecided': 'still undecided',
  fixed: 'fixed',
  decided: 'now decided',
  waived: 'now waived',
  skipped: 'no longer applies',
  gone: 'no longer checked',
  new: 'new, and kept',
  same: 'as before',
};

const causeWords: Readonly<Record<Cause, string>> = {
  model: 'the model',
  spec: 'the spec',
  tool: 'the version of assay',
  tensorflow: 'TensorFlow',
  system: 'the system',
  checks: 'the choice of checks',
  judging: 'the tolerance or waivers of a run judged again',
  seed: 'the seed',
};

/** "the model and the seed differ", "only the seed differs", or that nothing does. */
export function causesInWords({ causes, unknown, before, after }: ModelDiff): string {
  if (before === undefined) return 'only in the second run';
  if (after === undefined) return 'only in the first run';
  const untold = unknown.length === 0 ? '' : `; whether ${listed(unknown, 'or')} differs is not in the files`;
  if (causes.length === 0) return `nothing differs that the runs tell${untold}`;
  const verb = causes.length === 1 ? 'differs' : 'differ';
  return `${causes.length === 1 ? 'only ' : ''}${listed(causes, 'and')} ${verb}${untold}`;
}

function listed(causes: readonly Cause[], word: 'and' | 'or'): string {
  const names = causes.map((cause) => causeWords[cause]);
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${word} ${last}`;
}

/** "2 newly broken, 1 fixed, 83 as before". */
export function countsInWords({ models }: RunDiff): string {
  const changes = models.flatMap((model) => model.changes);
  const counted = [...told, 'same' as const].flatMap((change) => {
    const count = changes.filter((one) => one.change === change).length;
    return count === 0 ? [] : [`${count} ${changeWords[change]}`];
  });
  return `${plural(models.length, 'model')}: ${counted.join(', ') || 'no checks'}`;
}

/** Of a change, what is to be said in a line. */
export function lineOf({ change, before, after }: CheckChange): string {
  if (change === 'gone') return before?.summary ?? '';
  if (change === 'new-warning') return after?.warnings?.join(' ') ?? '';
  return after?.reason ?? after?.summary ?? '';
}

/** Changes of a model that are told, in the order of `told`; of one that is in one run only, what is wrong with it. */
export function toldOf({ changes, before, after }: ModelDiff): CheckChange[] {
  if (after === undefined) return [];
  const kinds = before === undefined ? told.slice(0, 3) : told;
  return kinds.flatMap((kind) => changes.filter(({ change }) => change === kind));
}

/** Changes of several checks that are told in the same words, such as what they all wait for. */
export type Told = { readonly change: Change; readonly ids: readonly string[]; readonly line: string };

export function toldTogether(model: ModelDiff): Told[] {
  const groups = new Map<string, Told>();
  for (const one of toldOf(model)) {
    const told = { change: one.change, line: lineOf(one) };
    const key = JSON.stringify(told);
    groups.set(key, { ...told, ids: [...(groups.get(key)?.ids ?? []), one.id] });
  }
  return [...groups.values()];
}

/** Models whose files differ though no check says otherwise than before, in a sentence; none where there are none. */
export function quietlyChanged({ models }: RunDiff): string[] {
  const quiet = models.filter((model) => model.causes.includes('model') && toldOf(model).length === 0);
  if (quiet.length === 0) return [];
  const names = quiet.map(({ name }) => name).join(', ');
  return [`Other files, and all checks as before: ${names}. assay compare tells how far outputs differ.`];
}

/** The result of the comparison, as its exit code has it. */
export function diffHeadline({ models }: RunDiff, code: 0 | 1 | 2): string {
  const some = (change: Change) => models.some(({ changes }) => changes.some((one) => one.change === change));
  if (code === 1) return 'Something is newly broken';
  if (code === 0) return some('broken') ? 'No MUST is newly broken' : 'Nothing is newly broken';
  if (!models.some(isCompared)) return 'Nothing could be compared';
  if (some('became-undecided')) return 'Something is no longer decided';
  return some('gone') ? 'Something is no longer checked' : 'Could not compare all';
}
