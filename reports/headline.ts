import type { Run } from '../harness/verdict/run.js';
import { plural } from './words.js';

/** For example "Does not conform: 2 of 6 models break a promise, 1 could not be judged". */
export function headline(run: Run): string {
  const of = (verdict: string) => run.models.filter((model) => model.verdict === verdict).length;
  const [all, broken, unknown] = [run.models.length, of('does-not-conform'), of('unknown')];
  if (all === 0) return 'Could not tell: nothing was checked';
  if (run.verdict === 'conforms') return all === 1 ? 'Conforms' : `Conforms: all ${all} models`;
  const unjudged = unknown === 0 ? '' : `${unknown} of ${plural(all, 'model')} could not be judged`;
  if (run.verdict === 'unknown') return `Could not tell: ${unjudged || 'the run did not finish'}`;
  const breaks = `${broken} of ${plural(all, 'model')} ${broken === 1 ? 'breaks' : 'break'} a promise`;
  return `Does not conform: ${breaks}${unknown === 0 ? '' : `, ${unknown} could not be judged`}`;
}
