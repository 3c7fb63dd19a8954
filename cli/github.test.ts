import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { variedRun } from '../reports/fixtures/varied-run.js';
import { markdown } from '../reports/markdown.js';
import { fitting, type GitHubEnvironment, reportToGitHub } from './github.js';

const mebibyte = 1024 * 1024;

async function printed(env: GitHubEnvironment, asked = false) {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  await reportToGitHub(variedRun(), { stdout, stderr }, env, asked);
  stdout.end();
  stderr.end();
  return { out: await text(stdout), err: await text(stderr) };
}

test('outside of GitHub, nothing is reported unless requested', async () => {
  expect(await printed({})).toEqual({ out: '', err: '' });
  expect((await printed({}, true)).out).toMatch(/^::error file=specs\/tiny-features-truncated\.yaml,line=6,/);
});

test('in a workflow, specs are annotated from the checkout on', async () => {
  const { out } = await printed({ GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: path.dirname(process.cwd()) });
  expect(out).toContain(`file=${path.basename(process.cwd())}/specs/tiny-features-truncated.yaml,line=6`);
});

test('the run is added to the summary of the job', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'summary-')), 'summary.md');
  writeFileSync(file, '# Before\n\n');
  await printed({ GITHUB_STEP_SUMMARY: file });
  expect(readFileSync(file, 'utf8')).toBe(`# Before\n\n${markdown(variedRun())}`);
});

test('the run begins a paragraph of its own, and says so when it finds no room', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'summary-')), 'summary.md');
  writeFileSync(file, 'no end of line');
  expect(await printed({ GITHUB_STEP_SUMMARY: file })).toEqual({ out: '', err: '' });
  expect(readFileSync(file, 'utf8')).toBe(`no end of line\n\n${markdown(variedRun())}`);
  writeFileSync(file, ' '.repeat(mebibyte));
  expect((await printed({ GITHUB_STEP_SUMMARY: file })).err).toContain('no room left');
  expect(readFileSync(file, 'utf8')).toBe(' '.repeat(mebibyte));
});

test('a summary that cannot be written is said, and costs nothing else', async () => {
  expect((await printed({ GITHUB_STEP_SUMMARY: '/nowhere/at/all' })).err).toContain('could not be written');
});

test('a summary is cut before a heading, so that GitHub shows it', () => {
  const block = `### Model\n\n${'é'.repeat(1000)}`;
  const long = Array.from({ length: 900 }, () => block).join('\n\n');
  const cut = fitting(long, mebibyte - 5000);
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(mebibyte - 5000);
  expect(Buffer.byteLength(cut)).toBeGreaterThan(mebibyte - 8000);
  expect(cut).toMatch(/é\n\nThe rest did not fit; the other reports have all of it\.\n$/);
  expect(fitting(long, 0)).toBe('');
  expect(fitting(block, mebibyte)).toBe(block);
});
