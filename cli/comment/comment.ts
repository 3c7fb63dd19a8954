import { readFile } from 'node:fs/promises';
import { UserError } from '../../harness/verdict/user-error.js';
import { fitting } from '../github.js';
import type { Io } from '../io.js';
import { refuse } from '../refusal.js';
import { addComment, type Comment, commentsOf, editComment, ownLogin, type Place } from './issue-comments.js';

/** What GitHub passes to the programs that it runs, and the token that the workflow passes on. */
export type CommentEnvironment = {
  readonly GITHUB_API_URL?: string | undefined;
  readonly GITHUB_REPOSITORY?: string | undefined;
  /** A JSON file that tells what started the workflow. */
  readonly GITHUB_EVENT_PATH?: string | undefined;
  readonly GITHUB_TOKEN?: string | undefined;
};

/** Longest body of a comment, in characters; GitHub refuses a longer one. */
const maxLength = 65_536;

const tooLong = 'The report is too long for a comment; the artifacts of the job have it.\n';

/**
 * `assay comment`: puts a Markdown report into the pull request of this workflow: one comment, which later runs edit. Returns 0, also
 * where there is no pull request, and 2 when the comment could not be written.
 */
export async function comment(
  file: string,
  { id }: { readonly id: string },
  io: Io,
  env: CommentEnvironment = process.env,
): Promise<0 | 2> {
  try {
    const place = await placeFrom(env);
    if (place === undefined) {
      io.stdout.write('This workflow was not started by a pull request, so there is none to comment on.\n');
      return 0;
    }
    const text = await readFile(file, 'utf8').catch((error) => {
      throw new UserError(`${file} cannot be read.`, '`assay check --report markdown` writes it.', {
        cause: error,
      });
    });
    const mark = `<!-- model-assay: ${encodeURIComponent(id)} -->\n`;
    const body = `${mark}${fitting(text, maxLength - mark.length) || tooLong}`;
    const before = await earlierComment(place, mark);
    await (before ? editComment(place, before, body) : addComment(place, body));
    io.stdout.write(`The comment was ${before ? 'edited' : 'added'}.\n`);
    return 0;
  } catch (error) {
    return refuse(error, io);
  }
}

/** Our own: anybody can copy the mark, and whoever wrote a comment can change it. */
async function earlierComment(place: Place, mark: string): Promise<Comment | undefined> {
  let login: Promise<string | undefined> | undefined;
  for await (const comment of commentsOf(place)) {
    if (!comment.body?.replaceAll('\r', '').startsWith(mark)) continue;
    login ??= ownLogin(place);
    const own = await login;
    if (own === undefined ? comment.user?.type === 'Bot' : comment.user?.login === own) return comment;
  }
  return undefined;
}

/** @throws UserError outside of a workflow */
async function placeFrom(env: CommentEnvironment): Promise<Place | undefined> {
  const { GITHUB_API_URL: api, GITHUB_REPOSITORY: repository, GITHUB_EVENT_PATH: event } = env;
  if (!api || !repository || !event)
    throw new UserError('This is no workflow of GitHub.', 'Call it in a job that a pull request starts.');
  const pullRequest = JSON.parse(await readFile(event, 'utf8')).pull_request?.number;
  if (typeof pullRequest !== 'number') return undefined;
  if (!env.GITHUB_TOKEN)
    throw new UserError('There is no token.', 'Set GITHUB_TOKEN in this step, to `github.token`.');
  return { api, repository, pullRequest, token: env.GITHUB_TOKEN };
}
