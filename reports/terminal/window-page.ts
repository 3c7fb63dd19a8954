import type { Page } from './details.js';

export type WindowPage = Page & {
  /** Longest line of what is not prose; Infinity where the width of the window is not known. */
  readonly window: number;
};
