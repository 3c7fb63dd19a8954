import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { hostname, userInfo } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { works } from './machine.js';
import { run } from './run-command.js';
import { recipe } from './scale.test.support.js';
import { smallProject } from './shards.test.support.js';

const installed = (await works(['slurmctld', '-V'])) && (await works(['slurmd', '-V']));
if (!installed)
  console.warn('Skipped: there is no Slurm. On Debian: apt-get install slurmctld slurmd slurm-client');

describe.skipIf(!installed)('the recipe for Slurm, on a cluster of one machine', () => {
  const project = smallProject();
  const { at } = project;
  const env = { SLURM_CONF: at('slurm', 'slurm.conf') };
  const daemons: ChildProcess[] = [];

  beforeAll(async () => {
    await ensureRuntime();
    project.install();
    mkdirSync(at('slurm', 'state'), { recursive: true });
    writeFileSync(env.SLURM_CONF, cluster(at('slurm'), [await freePort(), await freePort()]));
    writeFileSync(at('contract.sbatch'), recipe('slurm-script'));
    for (const program of ['slurmctld', 'slurmd'])
      daemons.push(spawn(program, ['-D'], { env: { ...process.env, ...env }, stdio: 'ignore' }));
    await until('the machine to be idle', async () => (await bash('sinfo -h -o %T')).out.includes('idle'));
  }, 600_000);

  afterAll(async () => {
    for (const daemon of daemons.reverse()) {
      const ended = new Promise((resolve) => daemon.once('exit', resolve));
      if (daemon.exitCode === null && daemon.kill()) await ended;
    }
    project.remove();
  });

  test('checks in an array, and merges once it has ended', { timeout: 300_000 }, async () => {
    const submitted = await bash(recipe('slurm-submit'));
    expect([submitted.code, submitted.err]).toEqual([0, '']);
    await jobsToEnd();
    const [job = ''] = readdirSync(at('parts'));
    expect(readdirSync(at('parts', job)).sort()).toEqual(['1', '2', '3']);
    const { models, selection, verdict } = project.runIn('assay-report');
    expect([models.length, selection, verdict]).toEqual([4, undefined, 'does-not-conform']);
    const log = readdirSync(at()).find((file) => file.startsWith(`slurm-${job}_2`)) ?? '';
    expect((await bash(`cat ${log}`)).out).toContain('Shard 2 of 3, as Slurm says: 2 of 4 specs.');
  });

  test('a task that is cancelled is missed', { timeout: 300_000 }, async () => {
    const { out } = await bash('sbatch --parsable contract.sbatch');
    const job = out.trim();
    expect((await bash(`scancel ${job}_3`)).code).toBe(0);
    await jobsToEnd();
    const { code, err } = await bash(`npx assay merge parts/${job}/* --out lost`);
    expect([code, err]).toEqual([2, expect.stringContaining('Shard 3 of 3 is missing.')]);
  });

  function bash(command: string) {
    return run('bash', ['-c', command], { cwd: at(), env });
  }

  function jobsToEnd(): Promise<void> {
    return until('the jobs to end', async () => (await bash('squeue -h')).out.trim() === '');
  }
});

/** A cluster of this machine alone, without munge, cgroups and a database. */
function cluster(folder: string, [control, node]: readonly [number, number]): string {
  const user = userInfo().username;
  return `
ClusterName=one
SlurmctldHost=${hostname()}(127.0.0.1)
SlurmUser=${user}
SlurmdUser=${user}
AuthType=auth/none
CredType=cred/none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SlurmctldPort=${control}
SlurmdPort=${node}
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmctldLogFile=${folder}/slurmctld.log
SlurmdLogFile=${folder}/slurmd.log
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
NodeName=${hostname()} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES State=UP
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 240; tries++) {
    if (await holds()) return;
    await wait(1000);
  }
  throw new Error(`waited in vain for ${what}`);
}
