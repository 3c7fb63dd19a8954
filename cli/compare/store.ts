import path from 'node:path';
import { runsInCi } from '../../api/plan.js';
import { contactSheet } from '../../harness/images/contact-sheet.js';
import type { Comparison } from '../../harness/verdict/comparison.js';
import { comparisonHtml } from '../../reports/comparison/html.js';
import { comparisonJson } from '../../reports/comparison/json.js';
import { comparisonMarkdown } from '../../reports/comparison/markdown.js';
import { openReportFolder } from '../report-folder.js';
import { namedIn, type Written, writeFiles } from '../reports.js';

export type StoreOptions = { readonly report: string; readonly out: string; readonly confine?: boolean };

/** A comparison as its reports have it, and where they are. */
export type Stored = Written & { readonly comparison: Comparison };

const formats = [
  { name: 'html', file: 'comparison.html', render: comparisonHtml },
  { name: 'json', file: 'comparison.json', render: comparisonJson },
  { name: 'markdown', file: 'comparison.md', render: comparisonMarkdown },
] as const;

/** Tests the folder of the reports before anything is run. @throws UserError where they cannot be written */
export async function openComparisonStore({
  report,
  out,
  confine = runsInCi(),
}: StoreOptions): Promise<(comparison: Comparison) => Promise<Stored>> {
  const wanted = namedIn(report, formats);
  if (wanted.length > 0) await openReportFolder(out, [], confine);
  return async (ended) => {
    const picture = wanted.length > 0 ? pictureOf(ended) : undefined;
    const comparison = picture ? withPicture(ended) : ended;
    const files = wanted.map(({ file, render }) => ({ file, content: () => render(comparison, picture) }));
    const beside = picture ? [{ file: pictureFile, content: () => picture }] : [];
    const { paths, missing } = await writeFiles([...files, ...beside], out);
    return { comparison, missing, paths: paths.filter((one) => path.basename(one) !== pictureFile) };
  };
}

const pictureFile = 'comparison.png';

/** The images that show the difference. */
function pictureOf({ function: called }: Comparison): Uint8Array | undefined {
  return called?.witness?.batch && contactSheet(called.witness.batch);
}

function withPicture(comparison: Comparison): Comparison {
  const { function: called } = comparison;
  if (called?.witness === undefined) return comparison;
  return { ...comparison, function: { ...called, witness: { ...called.witness, picture: pictureFile } } };
}
