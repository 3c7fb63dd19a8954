import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const cli = fileURLToPath(new URL('../bundle/cli.js', import.meta.url));

test.each([
  ['open files', '-n 20', 'ulimit -n 1024'],
  ['memory', '-v 2000000', 'ulimit -v unlimited'],
])('too little of %s is no verdict on a model', (_, limit, remedy) => {
  const command = `ulimit ${limit} && exec "$0" "$@"`;
  const args = ['-c', command, process.execPath, cli, 'check', 'specs/tiny-features.yaml'];
  const { status, stdout, stderr } = spawnSync('sh', args, { encoding: 'utf8' });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toMatch(/^assay: .*\n.*\n$/);
  expect(stderr).toContain(remedy);
});
