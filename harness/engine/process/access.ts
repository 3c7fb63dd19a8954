import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { inMachineWords } from '../../verdict/machine-fault.js';
import { unlessAbsent } from '../../verdict/system-error.js';

/**
 * Whether this process may read what TensorFlow will of a model, whose own words for a file that it may not read are those
 * for one that is missing. @throws MachineFault for the first that it may not
 */
export function requireAccess(model: string): void {
  try {
    for (const file of [model, ...filesIn(model, 'variables'), ...filesIn(model, 'assets')])
      accessSync(file, constants.R_OK);
  } catch (error) {
    throw inMachineWords(error);
  }
}

/** What a link leads to that shows nothing here is left to TensorFlow. */
function filesIn(model: string, name: string): readonly string[] {
  const folder = path.join(model, name);
  // With types, Node follows no links, which may lead in circles.
  const entries = existing(() => readdirSync(folder, { recursive: true, withFileTypes: true })) ?? [];
  const files = entries.map((entry) => path.join(entry.parentPath, entry.name));
  return files.filter((file) => existing(() => statSync(file)) !== undefined);
}

function existing<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    return unlessAbsent(error);
  }
}
