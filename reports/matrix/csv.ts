import { outcomeLabels, verdictLabels } from '../wording/outcome.js';
import { visible } from '../wording/visible.js';
import type { Matrix } from './matrix.js';

/** A line for each model, a column for each check, as RFC 4180 has it. */
export function matrixCsv({ checks, rows }: Matrix): string {
  const head = ['model', 'folder', 'run', 'verdict', ...checks.map(({ id }) => id)];
  const lines = rows.map(({ name, folder, run, verdict, outcomes }) => [
    name,
    folder,
    run,
    verdictLabels[verdict],
    ...outcomes.map((outcome) => (outcome === undefined ? '' : outcomeLabels[outcome])),
  ]);
  return [head, ...lines].map((cells) => `${cells.map(field).join(',')}\r\n`).join('');
}

/** A spreadsheet takes what begins with these signs for a formula. */
function field(text: string): string {
  const shown = visible(/^[=+\-@]/.test(text) ? `'${text}` : text);
  return /[",]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}
