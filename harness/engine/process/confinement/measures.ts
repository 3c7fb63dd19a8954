import { UserError } from '../../../verdict/user-error.js';
import { bubblewrap } from './bubblewrap.js';
import { systemTool } from './system-tool.js';

/** What a model's process is kept from, as far as this system has the means. */
export type Measure = {
  readonly name: string;
  /** The program that it takes; undefined for what needs none. */
  readonly by?: string;
  readonly inForce: boolean;
  /** Why the program does not work, where it is there. */
  readonly why?: string;
};

/** The measures, and which of them are in force here. */
export function measures(): readonly Measure[] {
  const { file, why } = bubblewrap();
  const apart = { by: 'bwrap', inForce: file !== undefined, ...(why === undefined ? {} : { why }) };
  const setpriv = { by: 'setpriv', inForce: systemTool('setpriv') !== undefined };
  const either = apart.inForce ? apart : setpriv;
  return [
    { name: 'an environment of named variables', inForce: true },
    { name: 'a folder of its own', inForce: true },
    { name: 'no open file of whoever started it', by: 'bash', inForce: systemTool('bash') !== undefined },
    { name: 'no file written, no core', by: 'prlimit', inForce: systemTool('prlimit') !== undefined },
    { name: 'no privileges gained, none of root but reading', ...either },
    { name: 'death with its parent', ...either },
    { name: 'no network', ...apart },
    { name: 'no files seen but the model, its examples, TensorFlow and libraries', ...apart },
    { name: 'users and processes of its own', ...apart },
  ];
}

/** By their programs, where these have other names. */
const packages: Readonly<Record<string, string>> = {
  bwrap: 'bubblewrap',
  prlimit: 'util-linux',
  setpriv: 'util-linux',
};

/** What would put a measure in force. */
export function lackOf({ by, why }: Measure): string {
  if (why !== undefined) return `${by} is there but does not work: ${why}.`;
  return `Install ${packages[by ?? ''] ?? by}.`;
}

/** How much of the confinement must be in force: all of it, or what the system has the means for. */
export const confinementLevels = ['required', 'available'] as const;
export type ConfinementLevel = (typeof confinementLevels)[number];

/** @throws UserError when more is required than is in force */
export function demand(level: ConfinementLevel): void {
  const lacking = measures().filter(({ inForce }) => !inForce);
  if (level === 'available' || lacking.length === 0) return;
  const names = lacking.map(({ name }) => name).join('; ');
  const remedies = new Set(lacking.map(lackOf));
  throw new UserError(`Models cannot be confined in full here; missing: ${names}.`, [...remedies].join(' '));
}
