import { describe, expect, test } from 'vitest';
import { explanationsOf } from '../cli/explain.js';
import { checks } from '../suites/all.js';
import { pages } from './markdown.js';
import { longSentences } from './sentences.js';

/** Words that this project used to have for things with a plain name. */
const dialect =
  /\b(?:mend(?:s|ed|ing)?|give or take|(?:could not|cannot) (?:be told|tell)|found out|nudged?)\b/i;

describe('documentation', () => {
  test.each(pages().map(({ file, prose }) => ({ file, prose })))('$file', ({ prose }) => {
    expect(longSentences(prose)).toEqual([]);
    expect(dialect.exec(prose)?.[0]).toBeUndefined();
  });
});

describe('a check', () => {
  test.each(explanationsOf(checks, []))('$id', ({ demands, matters, decided, fix }) => {
    const texts = [demands, matters, decided, fix];
    expect(texts.flatMap(longSentences)).toEqual([]);
    expect(texts.filter((text) => dialect.test(text))).toEqual([]);
    expect(demands).toMatch(/\b(?:MUST|SHOULD)\b/);
    expect(demands, 'one sentence').toMatch(/^[^.!?]*(?:[.!?]\S[^.!?]*)*\.$/);
    expect(demands, 'RFC 2119: say what the model MUST NOT do').not.toMatch(/^(?:No|None|Nothing|Neither)\b/);
  });
});

describe('sentences', () => {
  const words = (count: number) => `${Array.from({ length: count }, (_, at) => `w${at}`).join(' ')}.`;

  test('of 40 words are short enough, and one more is too many', () => {
    expect(longSentences(words(40))).toEqual([]);
    expect(longSentences(words(41))).toEqual([words(41)]);
  });

  test('end at a full stop, at the end of a paragraph, of an item and of a cell', () => {
    const half = words(30).slice(0, -1);
    expect(
      longSentences(`${half}. W ${half}\n\n${half}\n- ${half}\n- ${half}\n| ${half} | ${half} |`),
    ).toEqual([]);
    expect(longSentences(`${half}\n${half}`)).toHaveLength(1);
  });

  test('count code as one word', () => {
    expect(longSentences(`${words(39).slice(0, -1)} \`${words(9)}\`.`)).toEqual([]);
  });
});
