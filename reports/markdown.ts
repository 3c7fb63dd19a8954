import type { CheckResult, ModelRun, Run } from '../harness/verdict/run.js';
import { inCode, inline } from './markdown/escape.js';
import { table } from './markdown/table.js';
import { headline, limitsHint } from './wording/headline.js';
import { isFault, outcomeLabels, outcomeOf, tally, tallyInWords, verdictLabels } from './wording/outcome.js';
import { rejudgedInFull } from './wording/rejudged.js';
import { caseInWords, duration, tensorflowInWords, timeOf } from './wording/words.js';

/** Findings shown in full, at most: a summary on GitHub may not exceed a megabyte. */
const maxListed = 50;

/** A summary in Markdown for a pull request or a CI job: verdict, models, and broken promises. */
export function markdown(run: Run): string {
  const { verdict, why } = headline(run);
  const broken = run.models
    .flatMap((model) => model.checks.map((check) => ({ model, check })))
    .filter(isBroken(run.strict));
  const left = broken.length - maxListed;
  const blocks = [
    `## ${marks[run.verdict]} ${verdict}: ${inline(why)}`,
    inline(rejudgedInFull(run) ?? ''),
    modelTable(run),
    ...broken.slice(0, maxListed).map(({ model, check }) => finding(model, check, run)),
    ...(left > 0 ? [`${left} more are in the other reports.`] : []),
    origins(run),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

const marks = { conforms: '✅', 'does-not-conform': '❌', unknown: '❔' } as const;

function modelTable(run: Run): string {
  const rows = run.models.map((model) => {
    const checks = tallyInWords(tally(model.checks, run.strict));
    const problem = model.problem === undefined ? '' : `: ${model.problem.split('\n')[0]}`;
    const verdict = `${marks[model.verdict]} ${verdictLabels[model.verdict]}`;
    return [model.name, verdict, `${checks}${problem}`, timeOf(model)];
  });
  return table(['Model', 'Verdict', 'Checks', '#Time'], rows);
}

function isBroken(strict: boolean) {
  return ({ check }: { readonly check: CheckResult }) => {
    const outcome = outcomeOf(check, strict);
    return isFault(outcome) || outcome === 'error';
  };
}

function finding(model: ModelRun, check: CheckResult, { strict }: Run): string {
  const outcome = outcomeLabels[outcomeOf(check, strict)];
  const title = `### ${inline(model.name)}: ${inline(check.id)} (${check.level.toUpperCase()}, ${outcome})`;
  return [
    title,
    inline(check.demands),
    ...(check.finding ? findingText(check) : [inline(check.reason ?? check.summary)]),
  ].join('\n\n');
}

function findingText({ finding }: CheckResult): string[] {
  if (!finding) return [];
  const shownBy = caseInWords(finding);
  return [
    inCode(
      [`where:    ${finding.where}`, `expected: ${finding.expected}`, `actual:   ${finding.actual}`].join(
        '\n',
      ),
    ),
    ...(shownBy ? [`Shown by ${inline(shownBy)}.`] : []),
    ...(finding.remedy ? [inline(finding.remedy)] : []),
    ...(finding.replay ? [inCode(finding.replay)] : []),
  ];
}

function origins(run: Run): string {
  const { tool, environment, seed, durationMs } = run;
  const versions = `${tool.name} ${tool.version}, ${tensorflowInWords(environment.tensorflow)}`;
  const hint = limitsHint(run);
  return inline(`${versions}, seed ${seed}, ${duration(durationMs)}${hint === undefined ? '' : `; ${hint}`}`);
}
