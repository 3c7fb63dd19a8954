import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { comment } from './comment.js';
import { GitHubApi } from './github-api.test.support.js';

const folder = mkdtempSync(path.join(tmpdir(), 'assay-comment-'));
const mark = '<!-- model-assay: report -->\n';

let github: GitHubApi;
let api: string;

beforeEach(async () => {
  github = new GitHubApi();
  api = await github.start();
});

afterEach(() => github.stop());

test('the first run adds a comment, each later one edits it', async () => {
  expect(await commented('first')).toMatchObject({ code: 0, out: 'The comment was added.\n' });
  expect(await commented('second')).toMatchObject({ code: 0, out: 'The comment was edited.\n' });
  expect(bodies()).toEqual([`${mark}second`]);
});

test('it is found again among many, whatever line ends GitHub gives it', async () => {
  for (let at = 0; at < 130; at += 1) github.add(`comment ${at}`, { login: 'somebody', type: 'User' });
  github.add(`${mark.replace('\n', '\r\n')}before`, github.writer);
  await commented('after');
  expect(bodies().slice(130)).toEqual([`${mark}after`]);
});

test('a comment of somebody else with the same mark is left alone', async () => {
  github.add(`${mark}forged`, { login: 'somebody', type: 'User' });
  await commented('ours');
  await commented('ours again');
  expect(bodies()).toEqual([`${mark}forged`, `${mark}ours again`]);
});

test("with a person's token, that person's comment is edited", async () => {
  github.add(`${mark}of a bot`, github.writer);
  github.writer = { login: 'publisher', type: 'User' };
  await commented('first');
  await commented('second');
  expect(bodies()).toEqual([`${mark}of a bot`, `${mark}second`]);
});

test('two kinds of comments stay two', async () => {
  await commented('one', { id: 'one' });
  await commented('other', { id: 'other -->' });
  await commented('one again', { id: 'one' });
  expect(bodies()).toEqual([
    '<!-- model-assay: one -->\none again',
    '<!-- model-assay: other%20--%3E -->\nother',
  ]);
});

test('a report that is too long is cut, and says so', async () => {
  await commented(`# Head\n\n## One\n\n## Two ${'é'.repeat(70_000)}`);
  expect(bodies()).toEqual([expect.stringMatching(/## One\n\nThe rest did not fit; /)]);
  await commented('é'.repeat(70_000));
  expect(bodies()).toEqual([expect.stringContaining('too long for a comment')]);
});

test('without a pull request there is nothing to do', async () => {
  const { code, out } = await commented('text', { event: { ref: 'main' } });
  expect([code, out, bodies()]).toEqual([0, expect.stringContaining('not started by a pull request'), []]);
});

test('what keeps the comment from being written is said', async () => {
  github.readOnly = true;
  expect(await commented('text')).toMatchObject({
    code: 2,
    err: expect.stringMatching(/403.*\n.*from a fork/),
  });
  expect(await commented('text', { env: { GITHUB_TOKEN: '' } })).toMatchObject({ code: 2 });
  expect(await commented('text', { env: { GITHUB_API_URL: 'http://127.0.0.1:9' } })).toMatchObject({
    code: 2,
  });
  expect(await commented('text', { env: { GITHUB_REPOSITORY: '' } })).toMatchObject({ code: 2 });
  expect(await commented(undefined)).toMatchObject({
    code: 2,
    err: expect.stringContaining('cannot be read'),
  });
});

type Asked = {
  readonly id?: string;
  readonly event?: object;
  readonly env?: Readonly<Record<string, string>>;
};

async function commented(
  report: string | undefined,
  { id = 'report', event = { pull_request: { number: 12 } }, env = {} }: Asked = {},
) {
  const file = path.join(folder, report === undefined ? 'not-there.md' : 'report.md');
  if (report !== undefined) writeFileSync(file, report);
  writeFileSync(path.join(folder, 'event.json'), JSON.stringify(event));
  const workflow = {
    GITHUB_API_URL: api,
    GITHUB_REPOSITORY: 'owner/models',
    GITHUB_EVENT_PATH: path.join(folder, 'event.json'),
    GITHUB_TOKEN: 'token',
  };
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const code = await comment(file, { id }, { stdout, stderr }, { ...workflow, ...env });
  stdout.end();
  stderr.end();
  return { code, out: await text(stdout), err: await text(stderr) };
}

function bodies(): (string | undefined)[] {
  return github.comments.map(({ body }) => body);
}
