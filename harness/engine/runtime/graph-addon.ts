import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { inMachineWords, MachineFault } from '../../verdict/machine-fault.js';
import { packageFile } from '../../verdict/package-files.js';
import { unlessSystemError } from '../../verdict/system-error.js';
import { cacheFolder } from './cache.js';
import { callCompiler, linkingFlags } from './compile.js';
import { sha256Of } from './digest.js';
import { type Platform, thisPlatform } from './platform.js';
import { SourceUnavailable } from './source-unavailable.js';

const require = createRequire(import.meta.url);

const source = packageFile('harness/engine/native/graph_addon.cc');

/** Our own addon, or a sentence that says why there is none. */
export type GraphAddonFound = { readonly file: string } | { readonly why: string };

/**
 * Our own addon for the TensorFlow that this addon loads, compiled at first need, which takes some seconds; a sentence
 * where it cannot be.
 */
export function graphAddonFor(addon: string): Promise<GraphAddonFound> {
  const found = known.get(addon) ?? find(addon);
  known.set(addon, found);
  return found;
}

/** By TensorFlow's addon: several models start at once, and one compiler is enough. */
const known = new Map<string, Promise<GraphAddonFound>>();

async function find(addon: string): Promise<GraphAddonFound> {
  try {
    return { file: await compiled(addon) };
  } catch (error) {
    // The cache may be read-only, or full.
    const told = inMachineWords(error);
    if (told instanceof SourceUnavailable || told instanceof MachineFault) return { why: told.message };
    throw error;
  }
}

/** Where they lie; made where it can be, so that a process which is running already sees those that are compiled later. */
export function graphAddonFolder(): string {
  const folder = join(cacheFolder(), 'graph-addon');
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    unlessSystemError(error);
  }
  return folder;
}

async function compiled(addon: string): Promise<string> {
  const libraries = await librariesOf(addon);
  const named = join(graphAddonFolder(), await stateOf([source, ...libraries]));
  const there = await intact(named);
  if (there !== undefined) return there;
  const drafts = `${named}.part-${randomBytes(4).toString('hex')}`;
  await mkdir(drafts);
  try {
    const draft = join(drafts, 'addon.node');
    await compile(libraries, drafts, draft);
    const target = `${named}-${await digestOf(draft)}.node`;
    await rename(draft, target);
    return target;
  } finally {
    await rm(drafts, { recursive: true, force: true });
  }
}

/** The one that was compiled before, if it is whole: its name ends with the digest of its bytes. */
async function intact(named: string): Promise<string | undefined> {
  const beginning = `${basename(named)}-`;
  const names = (await namesIn(dirname(named))).filter((name) => name.startsWith(beginning));
  for (const name of names) {
    const file = join(dirname(named), name);
    if (name === `${beginning}${await digestOf(file)}.node`) return file;
    await rm(file, { force: true }).catch(unlessSystemError);
  }
  return undefined;
}

async function digestOf(file: string): Promise<string> {
  return (await sha256Of(file)).slice(0, 16);
}

async function compile(libraries: readonly string[], folder: string, output: string): Promise<void> {
  const platform = thisPlatform();
  const { include_dir: nodeHeaders } = require('node-api-headers') as {
    include_dir: string;
  };
  const flags = ['-O1', '-std=c++17', '-fPIC', '-DNAPI_VERSION=8', '-I', nodeHeaders];
  const { link, search } = linkingFlags(platform, dirname(libraries[0] ?? output));
  const linked = platform.name.startsWith('linux') ? [await standIn(libraries, folder, platform)] : libraries;
  await callCompiler([...flags, ...link, source, ...linked, ...search], output, platform, silently);
}

/**
 * A library with the name and the functions of TensorFlow's, which do nothing: the linker needs no more to know where they
 * will be, and reads the real one, of 800 MB, for many seconds.
 */
async function standIn(libraries: readonly string[], folder: string, platform: Platform): Promise<string> {
  const name = basename(libraries.find((file) => !file.includes('_framework')) ?? libraries[0] ?? '');
  const called = new Set((await readFile(source, 'utf8')).match(/\bTF_\w+(?=\()/g));
  const code = join(folder, 'functions.cc');
  await writeFile(code, [...called].map((one) => `extern "C" void ${one}() {}\n`).join(''));
  const output = join(folder, name);
  await callCompiler(['-shared', '-fPIC', `-Wl,-soname,${name}`, code], output, platform, silently);
  return output;
}

const silently = { onProgress: () => undefined, signal: undefined };

/** TensorFlow's libraries, beside the addon or where tfjs-node keeps them. */
async function librariesOf(addon: string): Promise<string[]> {
  // Of a cache that is reached in two ways, nothing is compiled twice.
  const here = await realpath(dirname(addon));
  for (const folder of [here, join(here, '..', '..', 'deps', 'lib')]) {
    const names = await namesIn(folder);
    const libraries = names.filter((name) =>
      /^libtensorflow(_cc|_framework)?(\.so\.2|\.2\.dylib)$/.test(name),
    );
    if (libraries.length > 0) return libraries.sort().map((name) => join(folder, name));
  }
  throw new SourceUnavailable(`TensorFlow's libraries are not beside ${addon}.`, 'assay doctor');
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Changes with the source, and with the libraries' places, sizes and times. */
async function stateOf([sourceFile = '', ...libraries]: readonly string[]): Promise<string> {
  const states = await Promise.all(libraries.map(async (file) => [file, (await stat(file)).size]));
  const text = JSON.stringify([await readFile(sourceFile, 'utf8'), states, process.version]);
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
