import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Comment } from './issue-comments.js';

/** Stands in the place of api.github.com for the comments of one pull request. */
export class GitHubApi {
  readonly comments: Comment[] = [];
  /** Who writes: the token of a workflow, or a person's. */
  writer: NonNullable<Comment['user']> = { login: 'github-actions[bot]', type: 'Bot' };
  /** A token that may only read, as for a pull request from a fork. */
  readOnly = false;
  readonly #server = createServer(async (request, response) => {
    const asked = request.method === 'GET' ? undefined : JSON.parse(await text(request));
    const { status, body } = this.#answer(`${request.method} ${request.url}`, asked);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }

  #answer(request: string, asked: { readonly body: string }): { status: number; body: unknown } {
    const [, page] =
      /^GET \/repos\/owner\/models\/issues\/12\/comments\?per_page=100&page=(\d+)$/.exec(request) ?? [];
    if (page) return { status: 200, body: this.comments.slice((Number(page) - 1) * 100).slice(0, 100) };
    if (request === 'GET /user' && this.writer.type === 'User') return { status: 200, body: this.writer };
    if (this.readOnly || request === 'GET /user')
      return { status: 403, body: { message: 'Resource not accessible by integration' } };
    if (request === 'POST /repos/owner/models/issues/12/comments')
      return { status: 201, body: this.add(asked.body, this.writer) };
    const [, id] = /^PATCH \/repos\/owner\/models\/issues\/comments\/(\d+)$/.exec(request) ?? [];
    const at = this.comments.findIndex((comment) => comment.id === Number(id));
    const found = this.comments[at];
    if (!found) return { status: 404, body: { message: 'Not Found' } };
    this.comments[at] = { ...found, body: asked.body };
    return { status: 200, body: this.comments[at] };
  }

  add(body: string, user: Comment['user']): Comment {
    const comment = { id: 1000 + this.comments.length, body, user };
    this.comments.push(comment);
    return comment;
  }
}
