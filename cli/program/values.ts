import { InvalidArgumentError, Option } from 'commander';
import { confinementLevels } from '../../harness/engine/process/confinement/measures.js';

/** What must keep models from the machine. */
export function confinement(): Option {
  const says = 'what must keep models from the machine: all that `doctor` lists, or what is available';
  return new Option('--confinement <level>', says).choices(confinementLevels);
}

/** A seed. */
export function whole(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value >= 2 ** 31)
    throw new InvalidArgumentError('It must be a whole number below 2147483648.');
  return value;
}

/** How many, at least one. */
export function positive(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new InvalidArgumentError('It must be a whole number from 1 to 9999.');
  return Number(text);
}

/** A number with a unit, read by this function. */
export function amount(of: (text: string) => number): (text: string) => number {
  return (text) => {
    const value = of(text);
    if (!(value > 0)) throw new InvalidArgumentError('It must be a number with a unit, such as 30m or 4GiB.');
    return value;
  };
}

/** An option of several commands; each use of it adds a module. */
export const ownChecks = [
  '--checks <module>',
  'add the checks of this file or package; can be given again',
  (module: string, before: readonly string[] = []) => [...before, module],
] as const;
