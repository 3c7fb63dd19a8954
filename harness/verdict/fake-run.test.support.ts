import type { Run } from './run.js';

/** A run of these models, with nothing else in it that matters but what is given. */
export function fakeRun(models: Run['models'] = [], rest: Partial<Run> = {}): Run {
  return {
    format: 1,
    tool: { name: 'model-assay', version: '' },
    startedAt: '2026-11-23T06:11:00Z',
    durationMs: 0,
    seed: 0,
    strict: false,
    interrupted: false,
    environment: { node: '', os: '', tensorflow: '', tfjsNode: '' },
    verdict: 'unknown',
    models,
    ...rest,
  };
}
