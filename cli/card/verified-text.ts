import type { Run } from '../../harness/verdict/run.js';
import { inline } from '../../reports/markdown/escape.js';
import { caveatsOf } from '../../reports/wording/headline.js';
import { tally, tallyInWords, verdictLabels } from '../../reports/wording/outcome.js';
import { rejudgedInFull } from '../../reports/wording/rejudged.js';

/** What a run found out about one model, in Markdown: what holds, what is broken or waived, of which files, and when. */
export function verifiedText(run: Run, model: Run['models'][number]): string {
  const { startedAt, tool, environment, seed, strict } = run;
  const judged = rejudgedInFull(run);
  const caveats = caveatsOf(run).map((caveat) => ` (${caveat})`);
  const notable = model.checks.filter(({ status }) => ['fail', 'error', 'waived'].includes(status));
  const [cached] = model.checks.flatMap(({ fromCache }) => fromCache ?? []);
  const lines = [
    `${verdictLabels[model.verdict]}${caveats.join('')}: ${tallyInWords(tally(model.checks, strict))}`,
    ...notable.map(
      ({ id, level, status, summary }) => `${id} (${level.toUpperCase()}), ${status}: ${summary}`,
    ),
    ...(judged === undefined ? [] : [judged]),
    `files: ${model.digest}`,
    `${(cached ?? startedAt).slice(0, 10)}, ${tool.name} ${tool.version}, TensorFlow ${environment.tensorflow}, seed ${seed}`,
  ];
  return ['Verified by calls:', '', ...lines.map((line) => `- ${inline(line)}`)].join('\n');
}
