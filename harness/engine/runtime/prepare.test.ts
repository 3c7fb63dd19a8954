import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { prepare, type RuntimePreparation } from './prepare.js';
import { recordedWork, temporaryFolder } from './stubs.test.support.js';

function preparation(
  folder: string,
  fill: RuntimePreparation<string>['fill'],
  force = false,
): RuntimePreparation<string> {
  const target = join(folder, 'thing');
  return { target, fill, force, ready: () => readFile(join(target, 'done'), 'utf8').catch(() => undefined) };
}

const writeDone = async (draft: string) => writeFileSync(join(draft, 'done'), 'done');

test('a folder is filled beside its place and moved there', async () => {
  const folder = temporaryFolder();
  const fill = async (draft: string) => {
    expect(existsSync(join(folder, 'thing'))).toBe(false);
    await writeDone(draft);
  };
  expect(await prepare(preparation(folder, fill), recordedWork())).toBe('done');
  expect(readdirSync(folder)).toEqual(['thing']);
});

test('what fails leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const fill = async (draft: string) => {
    await writeDone(draft);
    throw new Error('no luck');
  };
  await expect(prepare(preparation(folder, fill), recordedWork())).rejects.toThrow('no luck');
  expect(readdirSync(folder)).toEqual([]);
});

test('what is aborted leaves nothing behind', async () => {
  const folder = temporaryFolder();
  const controller = new AbortController();
  const fill = async (draft: string) => {
    await writeDone(draft);
    controller.abort(new Error('enough'));
  };
  await expect(prepare(preparation(folder, fill), recordedWork(controller.signal))).rejects.toThrow('enough');
  expect(readdirSync(folder)).toEqual([]);
});

test('two at once: one fills, the other waits with a word and takes it', async () => {
  const folder = temporaryFolder();
  let fills = 0;
  const fill = async (draft: string) => {
    fills++;
    await sleep(300);
    await writeDone(draft);
  };
  const works = [recordedWork(), recordedWork()];
  const both = works.map((work) => prepare(preparation(folder, fill), work));
  expect(await Promise.all(both)).toEqual(['done', 'done']);
  expect(fills).toBe(1);
  expect(works.flatMap(({ progressed }) => progressed).map(({ step }) => step)).toEqual(['wait']);
});

test('what is ready is made again only by force', async () => {
  const folder = temporaryFolder();
  const log = join(folder, 'log');
  const fill = async (draft: string) => {
    await appendFile(log, 'x');
    await writeDone(draft);
  };
  await prepare(preparation(folder, fill), recordedWork());
  await prepare(preparation(folder, fill), recordedWork());
  expect(readFileSync(log, 'utf8')).toBe('x');
  await prepare(preparation(folder, fill, true), recordedWork());
  expect(readFileSync(log, 'utf8')).toBe('xx');
  expect(readdirSync(folder).sort()).toEqual(['log', 'thing']);
});

test('a killed process leaves a lock that goes stale and a draft that is removed', async () => {
  const folder = temporaryFolder();
  await killWhilePreparing(folder);
  const left = readdirSync(folder);
  expect(left.map((name) => name.replace(/part-.*/, 'part')).sort()).toEqual(['thing.lock', 'thing.part']);
  utimesSync(join(folder, 'thing.lock'), 1, 1);
  expect(await prepare(preparation(folder, writeDone), recordedWork())).toBe('done');
  expect(readdirSync(folder)).toEqual(['thing']);
});

test('a half-made folder in the place itself is replaced', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'thing'));
  writeFileSync(join(folder, 'thing', 'rubbish'), '');
  expect(await prepare(preparation(folder, writeDone), recordedWork())).toBe('done');
  expect(readdirSync(join(folder, 'thing'))).toEqual(['done']);
});

test('a place that cannot be written is reported with the way out', async () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  const failing = prepare(preparation(join(folder, 'file', 'cache'), writeDone), recordedWork());
  await expect(failing).rejects.toMatchObject({
    name: 'SourceUnavailable',
    remedy: expect.stringContaining('ASSAY_CACHE'),
  });
});

test('a disk that fills up is reported as such', async () => {
  const fill = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
  const failing = prepare(preparation(temporaryFolder(), fill), recordedWork());
  await expect(failing).rejects.toMatchObject({
    name: 'SourceUnavailable',
    message: expect.stringContaining('disk is full'),
  });
});

/** Runs a preparation in another process and kills that as soon as its draft is there. */
async function killWhilePreparing(folder: string): Promise<void> {
  const target = JSON.stringify(join(folder, 'thing'));
  const module = JSON.stringify(new URL('prepare.js', import.meta.url).href);
  const script = `const { prepare } = await import(${module});
    const never = () => new Promise(() => setInterval(() => {}, 1000));
    await prepare({ target: ${target}, fill: never, force: false, ready: async () => undefined }, { onProgress() {} });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
  while (!readdirSync(folder).some((name) => name.includes('.part-'))) await sleep(20);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}
