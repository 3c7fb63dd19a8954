import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Run } from '../harness/verdict/run.js';
import { unlessSystemError } from '../harness/verdict/system-error.js';
import { annotations } from '../reports/annotations.js';
import { markdown } from '../reports/markdown.js';
import { visible } from '../reports/wording/visible.js';
import type { Io } from './io.js';

/** What GitHub passes to the programs that it runs. */
export type GitHubEnvironment = {
  readonly GITHUB_ACTIONS?: string | undefined;
  /** A file that becomes the summary of the job. */
  readonly GITHUB_STEP_SUMMARY?: string | undefined;
  /** The checkout; annotations name files from there. */
  readonly GITHUB_WORKSPACE?: string | undefined;
};

/** In bytes, for the whole summary of a step; GitHub shows nothing of a longer one. */
const maxSummaryBytes = 1024 * 1024;

/** In a GitHub workflow: annotates the specs, as `asked` does elsewhere, and adds the run to the summary of the job. */
export async function reportToGitHub(
  run: Run,
  io: Io,
  env: GitHubEnvironment,
  asked: boolean,
): Promise<void> {
  annotate(run, io, env, asked);
  await summarize(markdown(run), io, env);
}

/** Annotates the specs in a GitHub workflow, and elsewhere as `asked`. */
export function annotate(run: Run, io: Io, env: GitHubEnvironment, asked: boolean): void {
  const { commands = (text: string) => io.stdout.write(text) } = io;
  if (asked || env.GITHUB_ACTIONS === 'true') commands(annotations(seenFrom(env.GITHUB_WORKSPACE, run)));
}

/** Adds Markdown to the summary of the job, where there is one. */
export async function summarize(text: string, io: Io, env: GitHubEnvironment): Promise<void> {
  const summary = env.GITHUB_STEP_SUMMARY;
  if (!summary) return;
  try {
    await addTo(summary, text, io);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    io.stderr.write(`The job summary could not be written: ${visible(why)}\n`);
  }
}

/** The run with specs named from the checkout, as annotations need them. */
function seenFrom(workspace: string | undefined, run: Run): Run {
  if (!workspace) return run;
  const models = run.models.map((model) => ({
    ...model,
    spec: path.relative(workspace, path.resolve(model.spec)),
  }));
  return { ...run, models };
}

/** On a line of its own after what other steps left. */
async function addTo(summary: string, text: string, io: Pick<Io, 'stderr'>): Promise<void> {
  const before = (await readFile(summary).catch(unlessSystemError)) ?? Buffer.of();
  const gap = before.length === 0 || before.toString().endsWith('\n\n') ? '' : '\n\n';
  const added = fitting(text, maxSummaryBytes - before.length - gap.length);
  if (added === '') io.stderr.write('The job summary has no room left for this run; see the reports.\n');
  else await appendFile(summary, `${gap}${added}`);
}

/** As much of a summary as fits into this many bytes, cut before a heading, and a note about the rest. */
export function fitting(text: string, room: number): string {
  if (Buffer.byteLength(text) <= room) return text;
  const word = '\n\nThe rest did not fit; the other reports have all of it.\n';
  const blocks = text.split(/\n\n(?=##)/);
  let [kept, size] = [0, Buffer.byteLength(word)];
  for (const block of blocks) {
    size += Buffer.byteLength(block) + 2;
    if (size > room) break;
    kept += 1;
  }
  return kept === 0 ? '' : `${blocks.slice(0, kept).join('\n\n')}${word}`;
}
