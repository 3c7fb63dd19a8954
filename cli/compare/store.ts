import path from 'node:path';
import { runsInCi } from '../../api/plan.js';
import { contactSheet } from '../../harness/images/contact-sheet.js';
import { whyNotWritten, writeAtomically } from '../../harness/store/atomic-file.js';
import type { Comparison } from '../../harness/verdict/comparison.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { comparisonHtml } from '../../reports/comparison/html.js';
import { comparisonJson } from '../../reports/comparison/json.js';
import { comparisonMarkdown } from '../../reports/comparison/markdown.js';
import { openReportFolder } from '../report-folder.js';

export type StoreOptions = { readonly report: string; readonly out: string; readonly confine?: boolean };

/** A comparison as its reports have it, and where they are. */
export type Stored = { readonly comparison: Comparison; readonly paths: readonly string[] };

const formats = {
  html: { file: 'comparison.html', render: comparisonHtml },
  json: { file: 'comparison.json', render: comparisonJson },
  markdown: { file: 'comparison.md', render: comparisonMarkdown },
} as const;

/** Tests the folder of the reports before anything is run. @throws UserError where they cannot be written */
export async function openComparisonStore({
  report,
  out,
  confine = runsInCi(),
}: StoreOptions): Promise<(comparison: Comparison) => Promise<Stored>> {
  const wanted = report
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
    .map(formatNamed);
  if (wanted.length > 0) await openReportFolder(out, [], confine);
  return async (ended) => {
    const picture = pictureOf(ended);
    const comparison = wanted.length > 0 && picture ? withPicture(ended) : ended;
    const files = wanted.map(({ file, render }) => ({ file, content: render(comparison, picture) }));
    const all = [
      ...files,
      ...(wanted.length > 0 && picture ? [{ file: pictureFile, content: picture }] : []),
    ];
    for (const { file, content } of all) await write(path.join(out, file), content);
    return { comparison, paths: files.map(({ file }) => path.join(out, file)) };
  };
}

async function write(file: string, content: string | Uint8Array): Promise<void> {
  const why = await whyNotWritten(() => writeAtomically(file, content));
  if (why !== undefined)
    throw new UserError(`${file} could not be written, as ${why}.`, 'Choose another folder with --out.');
}

function formatNamed(name: string) {
  if (Object.hasOwn(formats, name)) return formats[name as keyof typeof formats];
  throw new UserError(`There is no report ${name}.`, `The reports are ${Object.keys(formats).join(', ')}.`);
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
