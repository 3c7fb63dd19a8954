import { UserError } from '../../harness/verdict/user-error.js';

/** What stands between the marks: what the spec says and, where a run was given, what was verified. */
export type Card = { readonly contract: string; readonly verified?: string | undefined };

const begin = '<!-- assay card -->';
const middle = '<!-- assay card: verified -->';
const end = '<!-- assay card: end -->';

/** The card with its marks. */
export function marked({ contract, verified }: Card): string {
  return [begin, contract, ...(verified === undefined ? [] : [middle, verified]), end].join('\n\n');
}

/** The card that a page has. @throws UserError where the page has no marks, or more than one pair */
export function cardIn(page: string, file: string): Card {
  const { from, to } = placeIn(page, file);
  const [contract = '', verified] = page
    .slice(from + begin.length, to)
    .replaceAll('\r\n', '\n')
    .split(middle);
  return { contract: contract.trim(), verified: verified?.trim() };
}

/** The page with this card in the place of its own; what was verified stays where the card does not say. */
export function withCard(page: string, card: Card, file: string): string {
  const { from, to } = placeIn(page, file);
  const before = cardIn(page, file);
  const kept = before.contract === card.contract ? before.verified : undefined;
  const text = marked({ ...card, verified: card.verified ?? kept });
  return `${page.slice(0, from)}${page.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text}${page.slice(to + end.length)}`;
}

function placeIn(page: string, file: string): { from: number; to: number } {
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  const once = page.lastIndexOf(begin) === from && page.lastIndexOf(end) === to;
  if (from >= 0 && to > from && once) return { from, to };
  throw new UserError(
    `${file} does not have one place for a card.`,
    `Write these two lines where it is to stand:\n${begin}\n${end}`,
  );
}
