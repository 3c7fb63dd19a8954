import { answerOfOutputs, type ModelOnVersions, type VersionsRun } from '../../harness/verdict/versions.js';
import { inline } from '../markdown/escape.js';
import { table } from '../markdown/table.js';
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

const signs = { pass: '✅', warning: '⚠️', fail: '❌', error: '❔' };

/** Models at most: a comment on GitHub may not exceed 65,536 characters. */
const most = 40;

/** Models on several versions of TensorFlow, for a pull request or the summary of a job. */
export function versionsMarkdown(run: VersionsRun): string {
  const left = run.models.length - most;
  const blocks = [
    `## ${signs[runTone(run)]} ${runHeadline(run)}`,
    ...run.models.slice(0, most).flatMap(modelBlocks),
    left > 0 ? `${left} more are in the other formats.` : '',
    inline(contextInWords(run)),
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

function modelBlocks(model: ModelOnVersions): string[] {
  return [
    `### ${signs[modelTone(model)]} ${inline(modelHeadline(model))}`,
    inline(`Model: ${model.model}; written with: ${writerInWords(model)}.`),
    table(
      ['TensorFlow', 'Result'],
      model.results.map((one) => [one.version, `${signs[tones[one.verdict]]} ${resultInWords(one)}`]),
    ),
    model.outputs
      .map((one) => {
        const sign = signs[outputTones[answerOfOutputs(one)]];
        const says = [...outputsInWords(one), ...numbersInWords(one), ...farthestInWords(one)];
        return `- ${sign} ${inline(`Outputs on ${one.from} and ${one.to}: ${says.join('; ')}`)}`;
      })
      .join('\n'),
  ];
}
