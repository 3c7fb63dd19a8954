/** The names in a list of classes: one in each line, the line's end after the last one not counted. */
export function classNames(text: string): readonly string[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.trim());
}
