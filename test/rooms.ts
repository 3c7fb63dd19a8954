import type { Source } from './sources.js';

/** Rooms, in the order of ARCHITECTURE.md: each may import those above it. */
export const rooms = [
  'harness/verdict',
  'harness/contract',
  'harness/savedmodel',
  'harness/graph',
  'harness/images',
  'harness/engine',
  'harness/check',
  'harness/run',
  'harness/store',
  'harness/compare',
  'suites',
  'api',
  'reports',
  'cli',
];

/** Rooms that may import less than all those above them; their tests may import those, too. */
export const narrower: Readonly<Record<string, readonly string[]>> = { reports: ['harness/verdict'] };

export function roomOf(file: string): string | undefined {
  if (file === 'cli.ts') return 'cli';
  return rooms.find((room) => file.startsWith(`${room}/`));
}

/** The files of the project that a file imports. */
export function filesOf({ imports }: Source): string[] {
  return imports.flatMap((one) => (one.kind === 'file' ? [one.file] : []));
}
