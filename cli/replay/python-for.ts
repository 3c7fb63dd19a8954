import type { Run } from '../../harness/verdict/run.js';
import type { Failure } from './chosen.js';

export async function pythonFor(_run: Run, _failures: readonly Failure[], _file: string): Promise<string> {
  return '';
}
