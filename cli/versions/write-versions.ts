import type { VersionsRun } from '../../harness/verdict/versions.js';
import { versionsHtml } from '../../reports/versions/html.js';
import { versionsJson } from '../../reports/versions/json.js';
import { versionsMarkdown } from '../../reports/versions/markdown.js';
import { type FileFormat, type Written, writeFiles } from '../reports.js';

/** The formats that show versions side by side; the others are of single runs. */
const formats = [
  { name: 'json', file: 'versions.json', render: versionsJson },
  { name: 'html', file: 'versions.html', render: versionsHtml },
  { name: 'markdown', file: 'versions.md', render: versionsMarkdown },
] as const;

/** Writes what the runs on all versions say together; as JSON wherever there are files. */
export function writeVersions(
  run: VersionsRun,
  requested: readonly FileFormat[],
  out: string,
): Promise<Written> {
  const wanted = formats.filter(({ name }) => requested.some((one) => name === 'json' || one.name === name));
  return writeFiles(
    wanted.map(({ file, render }) => ({ file, content: () => render(run) })),
    out,
  );
}
