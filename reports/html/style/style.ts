import { base } from './base.js';
import { checks } from './checks.js';
import { colors } from './colors.js';
import { figures } from './figures.js';
import { grid } from './grid.js';
import { head } from './head.js';
import { models } from './models.js';
import { paper } from './paper.js';

/** The page's whole style sheet. */
export const style = [colors, base, head, grid, models, checks, figures, paper].join('\n');
