import { plural } from '../../harness/verdict/plural.js';
import type { Run } from '../../harness/verdict/run.js';
import { headline, limitsHint } from '../wording/headline.js';
import { tally, tallyInWords } from '../wording/outcome.js';
import { visible } from '../wording/visible.js';
import { duration, tensorflowInWords } from '../wording/words.js';
import { type Paint, verdictMarks } from './paint.js';

/** The verdict in a sentence, the counts, the time, the seed, and the paths of the reports. */
export function totalLines(run: Run, paint: Paint, reports: readonly string[]): string[] {
  const { mark, style } = verdictMarks[run.verdict];
  const { verdict, why } = headline(run);
  return [
    paint(style, `${mark} ${verdict}: ${visible(why)}`),
    ...(run.interrupted ? [paint('magenta', '  The run was interrupted.')] : []),
    `  ${counts(run)}`,
    `  ${times(run)}`,
    `  ${origins(run)}`,
    ...hintLines(run),
    ...reports.map((path, at) => `  ${at === 0 ? 'reports' : '       '} ${visible(path)}`),
  ];
}

function hintLines(run: Run): string[] {
  const hint = limitsHint(run);
  return hint === undefined ? [] : [`  ${hint}`];
}

function counts(run: Run): string {
  const checks = run.models.flatMap((model) => model.checks);
  const models = plural(run.models.length, 'model');
  return `${models}, ${plural(checks.length, 'check')}: ${tallyInWords(tally(checks, run.strict))}`;
}

function times(run: Run): string {
  const callMs = run.models.reduce((sum, model) => sum + model.callMs, 0);
  const whose = run.models.length === 1 ? "model's" : "models'";
  return `${duration(run.durationMs)} in all, ${duration(callMs)} in the ${whose} own calls`;
}

function origins({ seed, strict, tool, environment }: Run): string {
  const versions = `${tool.name} ${tool.version}, ${tensorflowInWords(environment.tensorflow)}, Node ${environment.node}, ${environment.os}`;
  return visible(`seed ${seed}${strict ? ', strict' : ''}; ${versions}`);
}
