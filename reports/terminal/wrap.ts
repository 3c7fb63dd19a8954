/** The text broken at spaces into lines of at most `columns` characters; a longer word keeps a line of its own. */
export function wrap(text: string, columns: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, columns));
}

function wrapLine(line: string, columns: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of line.split(' ')) {
    const longer = current === '' ? word : `${current} ${word}`;
    if (current === '' || longer.length <= columns) current = longer;
    else {
      lines.push(current);
      current = word;
    }
  }
  return [...lines, current];
}
