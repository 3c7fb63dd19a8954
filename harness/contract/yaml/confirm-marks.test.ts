import { expect, test } from 'vitest';
import { confirmMarksIn } from './confirm-marks.js';

test('finds comments that start with confirm, with their lines', () => {
  const text = `# Values marked "confirm" are guesses.
model: m # confirm: which one
image_size:   # Confirm
  height: { min: 16, max: 48 } # confirmed by Ada
  # confirm with the team
notes: |
  a text # confirm is no comment
name: "quoted # confirm" # a name
`;
  expect(confirmMarksIn(text)).toEqual([
    { line: 2, text: 'model: m # confirm: which one' },
    { line: 3, text: 'image_size: # Confirm' },
    { line: 5, text: '# confirm with the team' },
  ]);
});
