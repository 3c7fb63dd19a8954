/**
 * The text on one line, with everything that a terminal, a browser or an XML reader could interpret
 * escaped: control characters, escapes, direction marks, lone surrogates, non-characters.
 */
export function visible(text: string): string {
  return text.replace(hidden, writtenOut);
}

/** As `visible`, but line breaks stay line breaks. */
export function visibleLines(text: string): string {
  return text
    .split(/\r\n|\n/)
    .map(visible)
    .join('\n');
}

/** At most `most` characters of the text; says how many there were when it cuts. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${start(text, most)}… (${text.length} characters)`;
}

/** At most `most` characters of the text, and an ellipsis where it was cut. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${start(text, most - 1)}…`;
}

/** The first `most` characters; a pair of surrogates is not cut in two. */
function start(text: string, most: number): string {
  return text.slice(0, most).replace(/\p{Surrogate}$/u, '');
}

/** Zero-width joiners stay: scripts and emoji need them. */
const hidden = /(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function writtenOut(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return named[character] ?? (hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`);
}
