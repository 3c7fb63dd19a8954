import { styleText } from 'node:util';
import type { Verdict } from '../../harness/verdict/run.js';
import type { Outcome } from '../wording/outcome.js';

export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'magenta' | 'cyan';

/** Colours a text, or leaves it alone. */
export type Paint = (style: Style, text: string) => string;

/** Only `color` decides, not the environment or the stream, so the same run gives the same bytes. */
export function painter(color: boolean): Paint {
  return color ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}

export const outcomeMarks: Readonly<Record<Outcome, { readonly mark: string; readonly style: Style }>> = {
  fail: { mark: '✗', style: 'red' },
  stale: { mark: '✗', style: 'red' },
  error: { mark: '?', style: 'magenta' },
  warning: { mark: '!', style: 'yellow' },
  waived: { mark: '~', style: 'cyan' },
  skip: { mark: '-', style: 'dim' },
  pass: { mark: '✓', style: 'green' },
};

export const verdictMarks: Readonly<Record<Verdict, { readonly mark: string; readonly style: Style }>> = {
  conforms: { mark: '✓', style: 'green' },
  'does-not-conform': { mark: '✗', style: 'red' },
  unknown: { mark: '?', style: 'magenta' },
};
