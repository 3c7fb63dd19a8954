/**
 * A text quoted as one word of a shell. Invisible characters are escaped as bash, zsh and ksh read them: `$'\x1b'`.
 * It must not contain NUL, which no argument can hold; a lone surrogate becomes U+FFFD, as in run.json.
 */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  if (!hidden.test(text)) return `'${text.replaceAll("'", "'\\''")}'`;
  const written = Array.from(text, (character) => {
    if (hidden.test(character)) return bytesOf(character);
    return character === "'" || character === '\\' ? `\\${character}` : character;
  });
  return `$'${written.join('')}'`;
}

const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u;

function bytesOf(character: string): string {
  return [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join('');
}
