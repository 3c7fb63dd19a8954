import { InvalidArgumentError } from 'commander';

/** A number that an option gives. */
export function whole(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value >= 2 ** 30)
    throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return value;
}
