import { standingsIn } from '../../harness/verdict/statement/standing.js';
import type { Statement } from '../../harness/verdict/statement/statement.js';

/** What a statement says, in a line or two. */
export function stateInWords({ predicate }: Statement): string {
  const { result, model_assay: assay } = predicate;
  const counts = new Map<string, number>();
  for (const [, standing] of standingsIn(predicate)) counts.set(standing, (counts.get(standing) ?? 0) + 1);
  const tally = [...counts].map(([standing, count]) => `${count} ${standing}`).join(', ');
  const open = assay.reservations.length > 0 ? `  despite: ${assay.reservations.join(', ')}\n` : '';
  const guessed =
    assay.unconfirmed.length > 0 ? `  values nobody confirmed: ${assay.unconfirmed.length}\n` : '';
  return `  ${result}: ${tally}\n${open}${guessed}`;
}
