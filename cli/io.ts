import type { CommandWriter } from './workflow-commands.js';

/** Where a command writes: its output, and messages beside it. */
export type Io = {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  /** For commands to GitHub; default: the output. */
  readonly commands?: CommandWriter;
};
