import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { measures } from '../harness/engine/process/confinement/measures.js';
import type { Run } from '../harness/verdict/run.js';
import { inProject } from '../proof/project.js';

/** As `models-under-test/recipes/hostile.py` has them. */
const target = '/tmp/model-assay-hostile';
const port = 49731;

const faults = inProject('models-under-test', 'faults');
const hostile = readdirSync(faults).filter((name) => /^hostile-[a-z-]+$/.test(name));
const inForce = measures().every((one) => one.inForce);
const without = ['bwrap', '--dev-bind', '/', '/', '--ro-bind', '/dev/null', '/usr/bin/bwrap', '--'];

const here = mkdtempSync(path.join(tmpdir(), 'assay-hostile-test-'));
let calls = 0;
let server: Server;

beforeAll(async () => {
  server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
});
beforeEach(() => {
  calls = 0;
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target);
  writeFileSync(path.join(target, 'secret'), 'hunter2');
  cpSync(inProject('models-under-test', 'tiny-features', 'variables'), path.join(target, 'victim'), {
    recursive: true,
  });
});
afterAll(() => {
  server.close();
  rmSync(target, { recursive: true, force: true });
  rmSync(here, { recursive: true });
});

describe.skipIf(!inForce)(
  'models that harm, spy and call out, run with --allow-unsafe',
  { timeout: 180_000 },
  () => {
    test('confined in full, they change nothing, learn nothing and reach nobody', async () => {
      expect(hostile.length).toBeGreaterThan(10);
      const before = contents();
      const { run, code } = await checked(hostile, [], ['--confinement', 'required']);
      expect(contents()).toEqual(before);
      expect(calls).toBe(0);
      expect(JSON.stringify(run)).not.toMatch(/LEAKED|hunter2/);
      expect(run.models.map(({ verdict }) => verdict)).not.toContain('conforms');
      expect(code).toBe(1);
    });

    test('without bubblewrap, the same models do harm, spy and call out', async () => {
      const some = ['hostile-calls-out', 'hostile-reads-file', 'hostile-writes-nothing'];
      const { run } = await checked(some, without, []);
      expect(contents().length).toBeGreaterThan(10);
      expect(calls).toBeGreaterThan(0);
      expect(JSON.stringify(run)).toContain('LEAKED');
    });

    test('without bubblewrap, nothing is run where all of the confinement is required', async () => {
      const { code, stderr } = await checked(
        ['hostile-writes'],
        without,
        ['--confinement', 'required'],
        false,
      );
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /cannot be confined in full here; missing: .*no network.*\n.*Install bubblewrap/s,
      );
    });
  },
);

/** Checks models by the command line, started through another program where one is given. */
async function checked(
  models: readonly string[],
  through: readonly string[],
  options: readonly string[],
  ends = true,
): Promise<{ run: Run; code: number | null; stderr: string }> {
  const out = mkdtempSync(path.join(here, 'out-'));
  const [command = '', ...args] = [
    ...through,
    ...[
      process.execPath,
      inProject('dist/bundle/cli.js'),
      'check',
      ...models.map((model) => specOf(model, through.length > 0 ? 12 : 3)),
      '--allow-unsafe',
    ],
    ...['--only', 'safety', 'output/finite', '--report', 'json', '--out', out, ...options],
  ];
  const env = { ...process.env, ASSAY_SECRET: 'hunter2' };
  const ended = await new Promise<{ code: number | null; stderr: string }>((resolve) => {
    const child = execFile(command, args, { env }, (_, _stdout, stderr) =>
      resolve({ code: child.exitCode, stderr }),
    );
  });
  const run = ends ? (JSON.parse(readFileSync(path.join(out, 'run.json'), 'utf8')) as Run) : ({} as Run);
  return { run, ...ended };
}

function specOf(name: string, seconds: number): string {
  const file = path.join(here, `${name}.yaml`);
  const lines = [
    `model: ${path.join(faults, name)}`,
    'api: image-feature-vector',
    'image_size: { height: { min: 16, max: 48 }, width: { min: 16, max: 48 } }',
    'num_features: 6',
    `limits: { deadline: ${seconds}s }`,
    'runs: 3',
  ];
  writeFileSync(file, lines.join('\n'));
  return file;
}

function contents(): string[] {
  return readdirSync(target, { recursive: true }).map(String).sort();
}
