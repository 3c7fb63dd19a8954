import type { Run } from '../harness/verdict/run.js';
import { jsonText } from './json/text.js';

/**
 * `run.json`, format 1, as `specs/run.schema.json` defines it. Keys come in the order of the documentation, others after them
 * by name, so the same run gives the same bytes.
 */
export function json(run: Run): string {
  return `${jsonText(run, keyOrder)}\n`;
}

/** The run as it reads back from `run.json`: what is drawn from it is what can be drawn from the file later. */
export function asStored(run: Run): Run {
  return JSON.parse(json(run));
}

const keyOrder = [
  ...[
    'format',
    'tool',
    'startedAt',
    'name',
    'version',
    'spec',
    'model',
    'givenModel',
    'api',
    'digest',
    'specDigest',
    'unconfirmed',
    'line',
    'text',
  ],
  ...[
    'id',
    'level',
    'status',
    'demands',
    'specLine',
    'summary',
    'cases',
    'calls',
    'durationMs',
    'callMs',
    'reason',
    'fromCache',
  ],
  ...['where', 'expected', 'actual', 'batch', 'count', 'height', 'width', 'pattern', 'seed', 'rows', 'nudge'],
  ...[
    'compared',
    'unit',
    'one',
    'other',
    'row',
    'arguments',
    'fingerprint',
    'shrunk',
    'replay',
    'pixels',
    'outputs',
    'units',
    'remedy',
    'finding',
    'warnings',
    'evidence',
    'comparisons',
  ],
  ...[
    'strict',
    'allowUnsafe',
    'selection',
    'only',
    'skip',
    'shard',
    'index',
    'plan',
    'options',
    'specs',
    'interrupted',
    'rejudged',
    'from',
    'environment',
    'node',
    'os',
    'tensorflow',
    'tensorflowDigest',
    'tfjsNode',
    'confinement',
  ],
  ...['verdict', 'problem', 'problemLine', 'base', 'models', 'checks', 'rules'],
];
