import type { RunDiff } from '../../harness/verdict/diff/diff-runs.js';
import { inline } from '../markdown/escape.js';
import { table } from '../markdown/table.js';
import {
  causesInWords,
  changeWords,
  countsInWords,
  diffHeadline,
  quietlyChanged,
  toldOf,
  toldTogether,
} from './wording.js';

/** Rows at most: a comment on GitHub may not exceed 65,536 characters. */
const maxRows = 150;

/** The differences of two runs in Markdown, for a pull request. */
export function diffMarkdown(diff: RunDiff, code: 0 | 1 | 2): string {
  const rows = diff.models.flatMap((model) => {
    const alone = model.before && model.after ? [] : [[model.name, '', causesInWords(model), '']];
    return [
      ...alone,
      ...toldTogether(model).map((one) => [
        model.name,
        one.ids.join(', '),
        changeWords[one.change],
        one.line,
      ]),
    ];
  });
  const causes = diff.models
    .filter((model) => toldOf(model).length > 0 && model.before && model.after)
    .map((model) => `- ${inline(model.name)}: ${inline(causesInWords(model))}`);
  const left = rows.length - maxRows;
  const blocks = [
    `## ${{ 0: '✅', 1: '❌', 2: '❔' }[code]} ${diffHeadline(diff, code)}`,
    inline(countsInWords(diff)),
    ...quietlyChanged(diff).map(inline),
    ...(rows.length === 0 ? [] : [table(['Model', 'Check', 'Change', 'Found'], rows.slice(0, maxRows))]),
    ...(left > 0 ? [`${left} more are in the JSON.`] : []),
    ...(causes.length === 0 ? [] : [causes.slice(0, maxRows).join('\n')]),
  ];
  return `${blocks.join('\n\n')}\n`;
}
