import { CST, Lexer } from 'yaml';
import type { Unconfirmed } from '../contract.js';
import { linesOf } from './lines.js';

/** The lines of a spec with a comment that starts with `confirm`, which `assay init` writes beside what it guessed. */
export function confirmMarksIn(text: string): Unconfirmed[] {
  const lines = linesOf(text);
  let offset = 0;
  const marked: number[] = [];
  for (const token of new Lexer().lex(text)) {
    if (/^#\s*confirm\b/i.test(token)) marked.push(lines.positionOf(offset).line);
    offset += control.has(token) ? 0 : token.length;
  }
  return marked.map((line) => ({ line, text: lines.textOf(line).trim().replace(/\s+/g, ' ') }));
}

/** Tokens of the lexer that stand for no characters. */
const control = new Set([CST.DOCUMENT, CST.FLOW_END, CST.SCALAR]);
