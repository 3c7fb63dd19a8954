import type { VersionsRun } from '../../harness/verdict/versions.js';
import { jsonText } from '../json/text.js';

/** `versions.json`, format 1, as `specs/versions.schema.json` defines it. */
export function versionsJson(run: VersionsRun): string {
  return `${jsonText(run, keyOrder)}\n`;
}

const keyOrder = [
  ...['format', 'tool', 'startedAt', 'durationMs', 'seed', 'strict', 'allowUnsafe'],
  ...['selection', 'interrupted', 'environment'],
  ...['name', 'spec', 'model', 'writtenWith', 'headline', 'version', 'verdict', 'because', 'check', 'says'],
  ...['from', 'to', 'run', 'unavailable', 'results', 'outputs', 'versions', 'models'],
];
