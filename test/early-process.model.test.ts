import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killFamily } from '../harness/engine/process/family.js';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { Decisions } from '../harness/run/decisions.js';
import { ModelSession } from '../harness/run/model-session.js';
import { inProject } from '../proof/project.js';
import { contractAt } from '../proof/running.js';
import { checks } from '../suites/all.js';
import { emptyFolder } from './run-command.js';

const { folder, remove } = emptyFolder();
let addon: string;

beforeAll(async () => {
  ({ addon } = await ensureRuntime());
}, 600_000);

afterAll(remove);

/** A session whose process has started, with its process id. */
async function begun(spec: string) {
  const contract = await contractAt(inProject(spec));
  const options = { addon: async () => addon, workFolder: path.join(folder), soon: addon };
  const session = new ModelSession(contract, options);
  await session.load();
  const [pid] = await noted();
  const decisions = new Decisions(contract, session, {
    ...{ seed: 1, allowUnsafe: false, today: '2026-11-27', checks, asked: checks },
  });
  const decided = (id: string) =>
    decisions.decide(checks.find((check) => check.id === id) ?? expect.fail(`There is no ${id}.`));
  return { session, pid: pid ?? expect.fail('No process was noted.'), decided };
}

/** The processes of models, once there is one. */
async function noted(): Promise<number[]> {
  await expect.poll(running).not.toEqual([]);
  return running();
}

function running(): number[] {
  return readdirSync(path.join(folder, 'processes')).map(Number);
}

test('a process that started while the model was read is the one that runs it', async () => {
  const { session, pid, decided } = await begun('specs/tiny-features.yaml');
  expect(await decided('output/finite')).toMatchObject({ status: 'pass' });
  expect(running()).toEqual([pid]);
  await session.close();
  expect(running()).toEqual([]);
});

test('one that was lost meanwhile is started again', async () => {
  const { session, pid, decided } = await begun('specs/tiny-features.yaml');
  killFamily(pid);
  await expect.poll(running).toEqual([]);
  expect(await decided('output/finite')).toMatchObject({ status: 'pass' });
  await session.close();
});

test('of a model that may not be run it ends with the session', async () => {
  const { session, pid, decided } = await begun('models-under-test/twins/writes-file.yaml');
  expect(await decided('output/finite')).toMatchObject({ status: 'skip' });
  expect(running()).toEqual([pid]);
  await session.close();
  expect(running()).toEqual([]);
});
