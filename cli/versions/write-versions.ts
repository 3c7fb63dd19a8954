import path from 'node:path';
import { type UnwrittenFile, whyNotWritten, writeAtomically } from '../../harness/store/atomic-file.js';
import type { VersionsRun } from '../../harness/verdict/versions.js';
import { versionsHtml } from '../../reports/versions/html.js';
import { versionsJson } from '../../reports/versions/json.js';
import { versionsMarkdown } from '../../reports/versions/markdown.js';
import type { FileFormat, Written } from '../reports.js';

/** The formats that show versions side by side; the others are of single runs. */
const formats = [
  { name: 'json', file: 'versions.json', render: versionsJson },
  { name: 'html', file: 'versions.html', render: versionsHtml },
  { name: 'markdown', file: 'versions.md', render: versionsMarkdown },
] as const;

/** Writes what the runs on all versions say together; as JSON wherever there are files. */
export async function writeVersions(
  run: VersionsRun,
  requested: readonly FileFormat[],
  out: string,
): Promise<Written> {
  const paths: string[] = [];
  const missing: UnwrittenFile[] = [];
  for (const { name, file, render } of formats) {
    const wanted = requested.some((one) => one.name === name || name === 'json');
    if (!wanted) continue;
    const to = path.join(out, file);
    const why = await whyNotWritten(() => writeAtomically(to, render(run)));
    if (why === undefined) paths.push(to);
    else missing.push({ file: to, why });
  }
  return { paths, missing };
}
