import { isUtf8 } from 'node:buffer';
import { chmodSync, realpathSync, statSync } from 'node:fs';
import { whyNotWritten, writeAtomically } from '../../harness/store/atomic-file.js';
import { readRegularFile } from '../../harness/verdict/regular-file.js';
import { unlessSystemError } from '../../harness/verdict/system-error.js';
import { UserError } from '../../harness/verdict/user-error.js';

/** The text of a page of documentation. @throws UserError where it cannot be read, or is not UTF-8: all that is not the card must stay as it is */
export function pageText(page: string): string {
  const bytes = bytesOf(page);
  if (!isUtf8(bytes)) throw new UserError(`${page} is not UTF-8.`, 'Save it as UTF-8.');
  return bytes.toString('utf8');
}

function bytesOf(page: string): Buffer {
  try {
    return readRegularFile(page, maxBytes);
  } catch (error) {
    unlessSystemError(error);
    throw new UserError(`${page} cannot be read.`, 'Name the page of the documentation, as a Markdown file.');
  }
}

/** Of a page of documentation. */
const maxBytes = 2 ** 24;

/** A page that is a link stays one, and keeps its permissions. @throws UserError where it cannot be written */
export async function writePage(page: string, text: string): Promise<void> {
  const why = await whyNotWritten(async () => {
    const file = realpathSync(page);
    const { mode } = statSync(file);
    await writeAtomically(file, text);
    chmodSync(file, mode);
  });
  if (why !== undefined) throw new UserError(`${page} cannot be written: ${why}.`, 'Change its permissions.');
}
