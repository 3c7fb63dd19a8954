import { createHash } from 'node:crypto';
import type { CheckResult } from './run.js';

/**
 * What a finding is known by from run to run: its check, and what it says but for numbers, which seeds and images change.
 * 16 hexadecimal digits; undefined where nothing was found.
 */
export function fingerprintOf({ id, finding }: Pick<CheckResult, 'id' | 'finding'>): string | undefined {
  if (finding === undefined) return undefined;
  const said = [finding.where, finding.expected, finding.actual].map(withoutNumbers);
  const named = Object.keys(finding.arguments ?? {}).sort();
  return createHash('sha256')
    .update(JSON.stringify([id, ...said, ...named]))
    .digest('hex')
    .slice(0, 16);
}

/** Numbers within names, such as `conv2d_3`, stay. */
function withoutNumbers(text: string): string {
  return text.replace(/(?<![\w/])[-+−]?\d[\d.,]*(e[-+]?\d+)?%?(?![\w/])/gi, '#');
}
