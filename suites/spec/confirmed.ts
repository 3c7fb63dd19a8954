import { always, type Check } from '../../harness/check/check.js';
import { plural } from '../../harness/verdict/plural.js';

export const confirmed: Check & { kind: 'reading' } = {
  id: 'spec/confirmed',
  level: 'should',
  demands:
    'Values of the spec SHOULD NOT stay marked `confirm`: until somebody confirms them, they are guesses.',
  explain: {
    matters:
      "A spec that `assay init` wrote repeats in part what the model's files say. A model that keeps its own description proves little; the documentation that users read must be what it is held to.",
    decided:
      'No comment in the spec may start with the word `confirm`. What the comment says does not matter.',
    fix: "Compare each marked value with the model's documentation, correct one of the two where they differ, and remove the comment.",
  },
  applies: always,
  kind: 'reading',
  read: (_model, { unconfirmed }) => {
    if (unconfirmed.length === 0) return { status: 'pass', summary: 'no value is marked `confirm`' };
    const actual = `${plural(unconfirmed.length, 'line')} marked \`confirm\`: ${linesInWords(unconfirmed)}`;
    return { status: 'fail', finding: { where: 'spec', expected, actual, remedy } };
  },
};

const expected = "values that somebody compared with the model's documentation";

const remedy = 'Compare these values with the documentation, correct what differs, and remove the comments.';

/** Without the comments, which can be long. */
function linesInWords(lines: readonly { readonly line: number; readonly text: string }[]): string {
  return lines
    .map(({ line, text }) => `${text.replace(/\s*#.*/, '') || 'a comment'} (line ${line})`)
    .join(', ');
}
