/** Where a command writes: what was asked for, and what is told beside it. */
export type Io = { readonly stdout: NodeJS.WritableStream; readonly stderr: NodeJS.WritableStream };
