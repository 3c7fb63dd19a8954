import { uniqueNameOf } from '../verdict/model-name.js';
import type { CheckResult, ModelRun, Run } from '../verdict/run.js';
import { shellWord } from '../verdict/shell-word.js';

/** Longest name that is passed as an argument. */
const maxNameLength = 200;

/**
 * The run, each finding with the command that replays it. `runFile` and `program` as the user named them; `options` of
 * that run.
 */
export function withReplay(run: Run, runFile: string, options: readonly string[], program = ['assay']): Run {
  const file = runFile.startsWith('-') ? `./${runFile}` : runFile;
  const command = (model: ModelRun, check: CheckResult) =>
    [...program, 'replay', file, '--model', shortAddressOf(model, run), ...theCheck(check, run), ...options]
      .map(shellWord)
      .join(' ');
  const models = run.models.map((model) => ({
    ...model,
    checks: model.checks.map((check) =>
      check.finding ? { ...check, finding: { ...check.finding, replay: command(model, check) } } : check,
    ),
  }));
  return { ...run, models };
}

function theCheck({ id }: CheckResult, { rules = [] }: Run): string[] {
  const module = rules.find((rule) => rule.id === id)?.module;
  return ['--check', id, ...(module === undefined ? [] : ['--checks', module])];
}

/** The selected failures of a run: all that count, or those of a model, by name or spec, and of a check. */
export function failuresIn(
  run: Run,
  { model, check }: { readonly model?: string; readonly check?: string },
): { readonly model: ModelRun; readonly check: CheckResult }[] {
  return run.models
    .filter(({ name, spec }) => model === undefined || name === model || spec === model)
    .flatMap((one) => one.checks.map((result) => ({ model: one, check: result })))
    .filter((one) => check === undefined || one.check.id === check)
    .filter(({ check: { status } }) => status === 'fail' || (status === 'waived' && check !== undefined));
}

/** A model's name or, where that is long or not unique, its spec. */
function shortAddressOf(model: ModelRun, { models }: Run): string {
  return model.name.length > maxNameLength ? model.spec : uniqueNameOf(model, models);
}
