import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { inProject } from '../proof/project.js';
import { type Ended, run } from './run-command.js';

type Step = {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly 'continue-on-error'?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
};

export type Action = {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};

export type StepEnded = Partial<Ended> & {
  readonly name: string;
  readonly outcome: 'success' | 'failure' | 'skipped';
  /** Of a step that another action takes. */
  readonly with?: Readonly<Record<string, string>>;
};

export type Job = {
  readonly inputs: Readonly<Record<string, string>>;
  /** The checkout. */
  readonly workspace: string;
  /** For files of the runner. */
  readonly temporary: string;
  readonly env: Readonly<Record<string, string>>;
  /** What steps of other actions gave: `restore.cache-hit`. */
  readonly given?: Readonly<Record<string, string>>;
};

export function action(): Action {
  return parse(readFileSync(inProject('action.yml'), 'utf8'));
}

/** Runs the scripts of the action as GitHub's runner does; steps that other actions take are recorded. */
export async function runAction(job: Job): Promise<{ steps: StepEnded[]; outputs: Record<string, string> }> {
  const { inputs, outputs, runs } = action();
  const values = new Map<string, string>([
    ['github.action_path', inProject('.')],
    ['github.token', 'token-of-the-job'],
    ...Object.entries(inputs).map(([name, one]): [string, string] => [`inputs.${name}`, one.default]),
    ...Object.entries(job.inputs).map(([name, value]): [string, string] => [`inputs.${name}`, value]),
    ...Object.entries(job.given ?? {}).map(([name, value]): [string, string] => [
      `steps.${name.replace('.', '.outputs.')}`,
      value,
    ]),
  ]);
  const steps: StepEnded[] = [];
  for (const step of runs.steps) {
    const ended = await runStep(step, values, job, steps);
    values.set(`steps.${step.id}.outcome`, ended.outcome);
    steps.push(ended);
  }
  const given = Object.entries(outputs).map(([name, { value }]) => [name, filled(value, values)]);
  return { steps, outputs: Object.fromEntries(given) };
}

async function runStep(
  step: Step,
  values: Map<string, string>,
  { workspace, temporary, env }: Job,
  before: readonly StepEnded[],
): Promise<StepEnded> {
  const { name } = step;
  const failed = before.some(({ outcome }) => outcome === 'failure');
  if (!isWanted(step.if ?? 'success()', values, failed)) return { name, outcome: 'skipped' };
  if (step.run === undefined) return { name, outcome: 'success', with: filledIn(step.with, values) };
  const [script, output] = [path.join(temporary, 'step.sh'), path.join(temporary, 'output')];
  writeFileSync(script, step.run);
  writeFileSync(output, '');
  const shell = ['--noprofile', '--norc', '-eo', 'pipefail', script];
  const variables = { ...env, ...filledIn(step.env, values), GITHUB_OUTPUT: output, RUNNER_TEMP: temporary };
  const ended = await run('bash', shell, { cwd: workspace, env: variables });
  for (const line of readFileSync(output, 'utf8').split('\n')) {
    const [, key, value] = /^([^=]+)=(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) values.set(`steps.${step.id}.outputs.${key}`, value);
  }
  return { name, outcome: ended.code === 0 ? 'success' : 'failure', ...ended };
}

/** Conditions are comparisons that must all hold; without `always()`, no step before may have failed. */
function isWanted(condition: string, values: ReadonlyMap<string, string>, failed: boolean): boolean {
  const terms = condition.split(' && ');
  if (failed && !terms.includes('always()')) return false;
  return terms.every((term) => {
    if (term === 'always()' || term === 'success()') return true;
    const [, name = '', sign, value] = /^(\S+) (==|!=) '([^']*)'$/.exec(term) ?? [];
    if (sign === undefined) throw new Error(`not understood: ${term}`);
    return ((values.get(name) ?? '') === value) === (sign === '==');
  });
}

function filledIn(texts: Readonly<Record<string, string>> = {}, values: ReadonlyMap<string, string>) {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, filled(text, values)]));
}

function filled(text: string, values: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\$\{\{ (\S+) \}\}/g, (_, name) => filled(values.get(name) ?? '', values));
}
