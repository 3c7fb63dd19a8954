/** Columns that a terminal gives to a character: 2 for East Asian wide ones and emoji, 0 for combining ones. */
export function columnsOf(grapheme: string): 0 | 1 | 2 {
  if (wide.test(grapheme)) return 2;
  return /^[\p{M}\p{Cf}]+$/u.test(grapheme) ? 0 : 1;
}

const wide =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97C\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF01-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1FAFF}\u{20000}-\u{3FFFD}]|\p{Emoji_Presentation}|\uFE0F/u;

/** What a person sees as one character each. */
export function graphemesOf(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Replaces control characters of a terminal by visible ones. Tabs stay. */
export function visibleText(text: string): string {
  return text.replaceAll(hidden, (character) => (character === '\t' ? '\t' : '\uFFFD'));
}

const hidden = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/gu;
