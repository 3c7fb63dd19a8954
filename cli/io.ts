/** Where a command writes: its output, and messages beside it. */
export type Io = { readonly stdout: NodeJS.WritableStream; readonly stderr: NodeJS.WritableStream };
