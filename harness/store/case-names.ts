import type { CheckResult, ModelRun } from '../verdict/run.js';
import { asFileName } from './file-name.js';

/** Names for the files of cases, each other than all before, ignoring case. */
export class CaseNames {
  readonly #taken = new Set<string>();

  /** `row`: of the two outputs that a check compared. */
  next({ name }: Pick<ModelRun, 'name'>, { id }: Pick<CheckResult, 'id'>, row?: 'one' | 'other'): string {
    const wanted = [asFileName(name), asFileName(id), ...(row ? [row] : [])].join('-');
    let next = wanted;
    for (let number = 2; this.#taken.has(next.toLowerCase()); number++) next = `${wanted}-${number}`;
    this.#taken.add(next.toLowerCase());
    return next;
  }
}
