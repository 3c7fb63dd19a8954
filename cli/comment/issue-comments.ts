import { UserError } from '../../harness/verdict/user-error.js';

/** Where the comments of a pull request are, and who asks. */
export type Place = {
  /** As `GITHUB_API_URL`: without a slash at the end. */
  readonly api: string;
  /** `owner/name` */
  readonly repository: string;
  readonly pullRequest: number;
  readonly token: string;
};

export type Comment = {
  readonly id: number;
  readonly body?: string;
  readonly user: { readonly login: string; readonly type: string } | null;
};

const perPage = 100;

/** The comments of a pull request, oldest first, page by page. */
export async function* commentsOf(place: Place): AsyncGenerator<Comment> {
  for (let page = 1; ; page += 1) {
    const query = `?per_page=${perPage}&page=${page}`;
    const comments = (await asked(place, 'GET', `${commentsPath(place)}${query}`)) as readonly Comment[];
    yield* comments;
    if (comments.length < perPage) return;
  }
}

/** Who asks: the login of a person's token; undefined for that of a workflow, which may not ask. */
export async function ownLogin(place: Place): Promise<string | undefined> {
  const response = await answered(place, 'GET', '/user');
  return response.ok ? ((await response.json()) as { readonly login: string }).login : undefined;
}

export async function addComment(place: Place, body: string): Promise<void> {
  await asked(place, 'POST', commentsPath(place), { body });
}

export async function editComment(place: Place, { id }: Comment, body: string): Promise<void> {
  await asked(place, 'PATCH', `/repos/${place.repository}/issues/comments/${id}`, { body });
}

function commentsPath({ repository, pullRequest }: Place): string {
  return `/repos/${repository}/issues/${pullRequest}/comments`;
}

/** @throws UserError where GitHub refuses or cannot be reached */
async function asked(place: Place, method: string, path: string, body?: object): Promise<unknown> {
  const response = await answered(place, method, path, body);
  if (response.ok) return response.json();
  throw new UserError(
    `GitHub answered ${response.status} to ${method} ${path}.`,
    'The job needs `permissions: { pull-requests: write }`, which a pull request from a fork never gets.',
  );
}

/** A server that has not answered after this long will not. */
const deadlineMs = 30_000;

async function answered(place: Place, method: string, path: string, body?: object): Promise<Response> {
  const headers = {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${place.token}`,
    'user-agent': 'model-assay',
  };
  const request = { method, headers, signal: AbortSignal.timeout(deadlineMs) };
  try {
    return await fetch(`${place.api}${path}`, body ? { ...request, body: JSON.stringify(body) } : request);
  } catch (error) {
    const why = error instanceof Error ? (error.cause ?? error) : error;
    throw new UserError(`GitHub could not be reached at ${place.api}: ${why}`, '', { cause: error });
  }
}
