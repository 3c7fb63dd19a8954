import { plural } from '../../harness/verdict/plural.js';
import type { ModelRun, Run } from '../../harness/verdict/run.js';
import { headline, limitsHint } from '../wording/headline.js';
import {
  outcomeLabels,
  outcomes,
  type Tally,
  tally,
  tallyInWords,
  verdictLabels,
} from '../wording/outcome.js';
import { rejudgedInFull } from '../wording/rejudged.js';
import { visible } from '../wording/visible.js';
import { duration } from '../wording/words.js';
import { escaped } from './escape.js';
import { iconPaths, outcomeOfVerdict } from './icons.js';

/** The part that is there before any script runs: the verdict, the counts, where the run comes from. */
export function pageHead(run: Run): string {
  const outcome = outcomeOfVerdict[run.verdict];
  const { verdict, why } = headline(run);
  const counts = tally(allChecks(run), run.strict);
  return `<header class="head">
<p class="tool">${escaped(visible(`${run.tool.name} ${run.tool.version}`))}</p>
<h1 class="verdict ${outcome}">${icon(outcome)}<span>${escaped(verdict)}</span></h1>
<p class="why">${escaped(visible(why))}</p>
${run.interrupted ? '<p class="interrupted">The run was interrupted; missing checks were not run.</p>' : ''}
${rejudgedLine(run)}${limitsLine(run)}
${tallyBar(counts)}
<p class="counts">${escaped(tallyInWords(counts))}</p>
<details class="about">
<summary>${escaped(visible(`${startedAt(run)}, ${duration(run.durationMs)}, seed ${run.seed}`))}</summary>
<dl class="facts">
${facts(run)
  .map(([name, value]) => `<div><dt>${name}</dt><dd>${escaped(visible(value))}</dd></div>`)
  .join('\n')}
</dl>
</details>
</header>`;
}

function startedAt(run: Run): string {
  return run.startedAt.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?Z$/, '$1 $2 UTC');
}

function rejudgedLine(run: Run): string {
  const text = rejudgedInFull(run);
  return text === undefined ? '' : `<p class="interrupted">${escaped(visible(`This run was ${text}.`))}</p>`;
}

function limitsLine(run: Run): string {
  const hint = limitsHint(run);
  return hint === undefined ? '' : `<p class="limits">${escaped(hint)}</p>`;
}

export function pageTitle(run: Run): string {
  const [only] = run.models;
  const subject = run.models.length === 1 && only ? visible(only.name) : plural(run.models.length, 'model');
  return `${headline(run).verdict} · ${subject} · model-assay`;
}

/** A row per model, for readers without scripts. */
export function verdictTable(run: Run): string {
  const rows = run.models.map((model) => `<tr>${cells(model, run.strict)}</tr>`);
  return `<table class="verdicts">
<caption>Details of each check need scripts, or another of the reports.</caption>
<thead><tr><th scope="col">Model</th><th scope="col">Verdict</th><th scope="col">Checks</th></tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

function cells(model: ModelRun, strict: boolean): string {
  const checks = tallyInWords(tally(model.checks, strict));
  const problem = model.problem === undefined ? '' : `: ${model.problem}`;
  const texts = [verdictLabels[model.verdict], `${checks}${problem}`].map(
    (text) => `<td>${escaped(visible(text))}</td>`,
  );
  return `<th scope="row">${escaped(visible(model.name))}</th>${texts.join('')}`;
}

function facts(run: Run): [string, string][] {
  const callMs = run.models.reduce((sum, model) => sum + model.callMs, 0);
  const { tensorflow, tfjsNode, node, os, confinement } = run.environment;
  return [
    ['Calls', `${duration(callMs)} in the ${run.models.length === 1 ? 'model’s' : 'models’'} own calls`],
    ...(run.strict ? [['Strict', 'a failed SHOULD fails the run'] as [string, string]] : []),
    ['TensorFlow', `${tensorflow || 'not started'}, tfjs-node ${tfjsNode}`],
    ['System', `Node ${node}, ${os}`],
    ...(confinement ? [['Confinement', confinement.join('; ')] as [string, string]] : []),
  ];
}

/** Shares of the outcomes as one bar; the same numbers stand below it in words. */
function tallyBar(counts: Tally): string {
  const all = outcomes.reduce((sum, outcome) => sum + counts[outcome], 0);
  let x = 0;
  const parts = outcomes.map((outcome) => {
    const width = all === 0 ? 0 : (counts[outcome] / all) * 100;
    const part = `<rect class="${outcome}" x="${x.toFixed(3)}" width="${width.toFixed(3)}" height="1"><title>${counts[outcome]} ${outcomeLabels[outcome]}</title></rect>`;
    x += width;
    return counts[outcome] === 0 ? '' : part;
  });
  return `<svg class="tally" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${parts.join('')}</svg>`;
}

function icon(outcome: keyof typeof iconPaths): string {
  return `<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><path d="${iconPaths[outcome]}"/></svg>`;
}

function allChecks(run: Run) {
  return run.models.flatMap((model) => model.checks);
}
