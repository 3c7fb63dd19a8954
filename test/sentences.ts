const maxWords = 40;

/** The sentences of a Markdown text that are too long to read at once. */
export function longSentences(prose: string): string[] {
  return blocksOf(prose)
    .flatMap((block) => block.split(/(?<=[.!?:]["')*_]*)\s+(?=[\p{Lu}`"(*_[])/u))
    .filter((sentence) => wordsIn(sentence) > maxWords);
}

/** Paragraphs, items of lists, headings and cells of tables, each on one line. */
function blocksOf(prose: string): string[] {
  return prose
    .split(/\n\s*\n|\n(?=\s*(?:[-*#>|]|\d+\.)\s?)/)
    .flatMap((block) => (block.trimStart().startsWith('|') ? block.split(' | ') : [block]))
    .map((block) => block.replaceAll(/\s+/g, ' ').trim());
}

function wordsIn(sentence: string): number {
  const plain = sentence.replaceAll(/`[^`]*`/g, 'code').replaceAll(/\]\([^)]*\)/g, ']');
  return plain.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
