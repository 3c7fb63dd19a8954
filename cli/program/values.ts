import { InvalidArgumentError, Option } from 'commander';
import { confinementLevels } from '../../harness/engine/process/confinement/measures.js';
import type { StoredWaiver } from '../../harness/store/rejudge/waive-stored.js';

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

/** Checks of an option that takes several: `output batching/*`, or with commas; those within braces belong to a pattern. */
export function checkNames(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(/,(?![^{]*\})/)];
}

/** `1e-3`, or `1e-3,1e-4`: how far values may differ, and which share of the value more. */
export function toleranceOf(text: string): { readonly absolute: number; readonly relative: number } {
  const numbers = text
    .split(',')
    .map((part) => (/^[\d.]+(e[-+]?\d+)?$/i.test(part) ? Number(part) : Number.NaN));
  const [absolute = Number.NaN, relative = 0] = numbers;
  if (numbers.length > 2 || !Number.isFinite(absolute) || !Number.isFinite(relative))
    throw new InvalidArgumentError('It must be a number, such as 1e-3, or two: absolute,relative.');
  return { absolute, relative };
}

/** `CHECK=REASON` or `MODEL:CHECK=REASON`; each use of the option adds one. */
export function waiverOf(text: string, before: readonly StoredWaiver[] = []): readonly StoredWaiver[] {
  const [, model, check, reason] = /^(?:(.+?):)?([\w-]+(?:\/[\w-]+)+)=(.*\S.*)$/s.exec(text) ?? [];
  if (check === undefined || reason === undefined)
    throw new InvalidArgumentError('It must be CHECK=REASON or MODEL:CHECK=REASON, with a reason.');
  return [...before, { check, reason, ...(model === undefined ? {} : { model }) }];
}
