import { answerOfOutputs, type ModelOnVersions, type VersionsRun } from '../../harness/verdict/versions.js';
import { list, pairs, plainPage, section, text } from '../html/plain-page.js';
import { verdictLabels } from '../wording/outcome.js';
import {
  contextInWords,
  farthestInWords,
  modelHeadline,
  modelTone,
  numbersInWords,
  outputsInWords,
  outputTones,
  resultInWords,
  runHeadline,
  runTone,
  tones,
  writerInWords,
} from './wording.js';

/** `versions.html`: one self-contained page without scripts; models by versions first, then what each rests on. */
export function versionsHtml(run: VersionsRun): string {
  return plainPage({
    tone: runTone(run),
    headline: runHeadline(run),
    lead: list(run.models.map(modelHeadline)),
    main: `${overview(run)}\n${run.models.map(modelSection).join('\n')}`,
    footer: contextInWords(run),
  });
}

/** Verdicts of models, which lead to the report of each run. */
function overview({ models, versions }: VersionsRun): string {
  const columns = [...new Set(models.flatMap(({ results }) => results.map(({ version }) => version)))];
  const report = new Map(
    versions.map(({ version, run }) => [version, run?.replace(/run\.json$/, 'report.html')]),
  );
  const cell = ({ results }: ModelOnVersions, version: string) => {
    const found = results.find((one) => one.version === version);
    if (found === undefined) return '<td></td>';
    return `<td class="${tones[found.verdict]}"><span class="effect">${verdictLabels[found.verdict]}</span></td>`;
  };
  const heads = columns.map((version) => {
    const file = report.get(version);
    const name = file === undefined ? text(version) : `<a href="${text(file)}">${text(version)}</a>`;
    return `<th scope="col">${name}</th>`;
  });
  const rows = models.map(
    (model) => `<tr><td>${text(model.name)}</td>${columns.map((one) => cell(model, one)).join('')}</tr>`,
  );
  return `<div class="scroll"><table><thead><tr><th scope="col">model</th>${heads.join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}

function modelSection(model: ModelOnVersions): string {
  const results = model.results.map((one) => [one.version, resultInWords(one)] as const);
  const outputs = model.outputs.map((one) => {
    const says = [...outputsInWords(one), ...numbersInWords(one), ...farthestInWords(one)];
    const heading = `<h3>${text(`Outputs on ${one.from} and ${one.to}`)}</h3>`;
    return `<article class="${outputTones[answerOfOutputs(one)]}">${heading}${list(says)}</article>`;
  });
  const content = `${pairs([['model', model.model], ['written with', writerInWords(model)], ...results])}${outputs.join('\n')}`;
  return `<div class="${modelTone(model)}">${section(modelHeadline(model), content)}</div>`;
}
