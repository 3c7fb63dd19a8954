#!/usr/bin/env node
// Nothing is imported before this stands: where Node itself lacks files or memory, that is what fails.
process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
  const what = error instanceof Error ? error.message : String(error);
  const [, help] = shortages.find(([shows]) => shows.test(`${error?.code} ${what}`)) ?? [];
  process.stderr.write(`assay: ${visible(what)}\n${help ?? 'This is a bug in assay; please report it.'}\n`);
  // 1 would say that a model broke a promise.
  process.exit(2);
});

/** What a machine may lack, by the errors that show it, and how it gets that. */
const shortages: readonly (readonly [RegExp, string])[] = [
  [/EMFILE|ENFILE/, 'The machine allows too few open files. Raise the limit, as with: ulimit -n 1024'],
  [
    /ENOMEM|out of memory|allocation failed/i,
    'The machine allows too little memory. Raise the limit, as with: ulimit -v unlimited',
  ],
  [/ENOSPC/, 'The disk is full.'],
  [/uv_cwd/, 'The current folder was removed. Go to one that is there.'],
  [
    /ERR_MODULE_NOT_FOUND|Cannot find (module|package)/,
    'A part of assay cannot be read. Raise the limit of open files, as with: ulimit -n 1024; if that changes nothing, install assay again.',
  ],
  [/EAGAIN/, 'The machine allows too few processes. Raise the limit, as with: ulimit -u unlimited'],
];

/** As nothing may be imported, control characters are replaced here. */
function visible(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]|[\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, '\uFFFD');
}

await import('./cli/program/program.js');
