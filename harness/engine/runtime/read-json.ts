import { readFile } from 'node:fs/promises';
import { isSystemError } from '../../verdict/system-error.js';

/** The value in a JSON file; undefined when there is no such file, or none that is JSON. */
export async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (isSystemError(error) || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
