import { plural } from '../../harness/verdict/plural.js';
import type { Run } from '../../harness/verdict/run.js';
import { headline, limitsHint } from '../wording/headline.js';
import { tally, tallyInWords } from '../wording/outcome.js';
import { visible } from '../wording/visible.js';
import { duration, tensorflowInWords } from '../wording/words.js';
import { verdictMarks } from './paint.js';
import type { WindowPage } from './window-page.js';
import { wrap } from './wrap.js';

/** The verdict in a sentence, the counts, the time, the seed, and the paths of the reports. */
export function totalLines(
  run: Run,
  { paint, window }: WindowPage,
  { reports = [], verbose }: { readonly reports?: readonly string[]; readonly verbose?: boolean },
): string[] {
  const { mark, style } = verdictMarks[run.verdict];
  const { verdict, why } = headline(run);
  const within = (text: string) => wrap(text, window - 2);
  const [first = '', ...rest] = within(`${verdict}: ${visible(why)}`);
  const facts = [
    `${counts(run)}${verbose === false ? skipsHint(run) : ''}`,
    times(run),
    origins(run),
    limitsHint(run) ?? [],
  ]
    .flat()
    .flatMap(within);
  return [
    paint(style, `${mark} ${first}`),
    ...rest.map((line) => paint(style, `  ${line}`)),
    ...(run.interrupted ? [paint('magenta', '  The run was interrupted.')] : []),
    ...facts.map((line) => `  ${line}`),
    ...reports.map((path, at) => `  ${at === 0 ? 'reports' : '       '} ${visible(path)}`),
  ];
}

function counts(run: Run): string {
  const checks = run.models.flatMap((model) => model.checks);
  const models = plural(run.models.length, 'model');
  return `${models}, ${plural(checks.length, 'check')}: ${tallyInWords(tally(checks, run.strict))}`;
}

function skipsHint({ models }: Run): string {
  const skips = models.some(({ checks }) => checks.some(({ status }) => status === 'skip'));
  return skips ? '; why some were skipped: --verbose' : '';
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
