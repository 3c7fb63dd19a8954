import { readdir } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import { type GlobOptions, glob } from 'tinyglobby';
import { locationKind } from '../contract/location.js';
import { clueIn, explainAddress, explainFile, kindOfFile } from '../contract/no-model.js';
import { leadsOutOf, repositoryAround } from '../contract/repository.js';
import { modelsIn } from '../savedmodel/reading/folder.js';
import { plural } from '../verdict/plural.js';
import { shellWord } from '../verdict/shell-word.js';
import { unlessSystemError } from '../verdict/system-error.js';
import { UserError } from '../verdict/user-error.js';

/** A path that names no spec: a missing file, a folder without specs, a pattern that matches nothing. */
export class NoSpecs extends UserError {}

const inFolder = '**/*.{yaml,yml}';

/**
 * The spec files of these files, folders and globs: absolute, sorted, each once. `links`: whether folders are looked
 * into that are links out of the repository. @throws NoSpecs when one of them names nothing
 */
export async function findSpecs(paths: readonly string[], cwd: string, links = true): Promise<string[]> {
  const found = await Promise.all(paths.map((one) => specsAt(one, cwd, links)));
  return [...new Set(found.flat())].sort();
}

async function specsAt(pattern: string, cwd: string, links: boolean): Promise<string[]> {
  const absolute = path.resolve(cwd, pattern);
  const stats = await stat(absolute).catch(unlessSystemError);
  if (stats?.isFile()) {
    if (modelFile.test(pattern)) throw aModel(pattern);
    return [absolute];
  }
  const files = stats?.isDirectory()
    ? await globbed(inFolder, absolute, links)
    : await globbed(pattern, cwd, links);
  if (files.length > 0) return files;
  throw stats?.isDirectory() ? await noneIn(absolute, pattern) : nothingAt(pattern, absolute);
}

/** Files that hold a model, or a part of one. */
const modelFile = /\.(keras|h5|hdf5|pb|tflite|onnx|pt|pth|safetensors|tar|tgz|tar\.gz|zip)$/;

/** A folder without specs. */
async function noneIn(folder: string, given: string): Promise<UserError> {
  if (await isSavedModel(folder)) return aModel(given);
  const models = await modelsIn(folder);
  const [model = 'MODEL'] = models.map((name) => path.join(given, name));
  const but = models.length === 0 ? '' : `, but ${plural(models.length, 'model')}`;
  return new NoSpecs(
    `${given} contains no spec (*.yaml)${but}.`,
    `\`assay init ${shellWord(model)}\` writes one.`,
  );
}

function nothingAt(given: string, absolute: string): UserError {
  if (locationKind(given) === 'url') return explainAddress(given);
  const [, option] = /^[–—]+(.*)/.exec(given) ?? [];
  return new NoSpecs(
    `${given} is neither a file nor a folder, and as a pattern it matches nothing.`,
    option === undefined
      ? (clueIn(absolute) ?? 'Name spec files, folders of them, or patterns, as seen from here.')
      : `Options begin with two hyphens: --${option}`,
  );
}

async function isSavedModel(folder: string): Promise<boolean> {
  return (await stat(path.join(folder, 'saved_model.pb')).catch(unlessSystemError)) !== undefined;
}

function aModel(given: string): UserError {
  if (path.basename(given) !== 'saved_model.pb' && kindOfFile(given) && locationKind(given) === 'folder')
    return explainFile(given);
  const model = path.basename(given) === 'saved_model.pb' ? path.dirname(given) : given;
  return new NoSpecs(
    `${given} is a model, and no spec of one.`,
    `Write a first spec with \`assay init ${shellWord(model)}\`, or name an existing one: \`assay check SPEC --model ${shellWord(model)}\`.`,
  );
}

async function globbed(pattern: string, cwd: string, links: boolean): Promise<string[]> {
  const options = { cwd, absolute: true, onlyFiles: true, ignore: ['**/node_modules/**'] };
  const within = links ? undefined : repositoryAround(cwd);
  return glob(pattern, within === undefined ? options : { ...options, fs: filesWithin(within) });
}

/** Folders out of the repository look empty. A spec that is a link out of it is found: reading it says what is wrong. */
function filesWithin(repository: string): NonNullable<GlobOptions['fs']> {
  const listed: typeof readdir = ((folder: string, options: object, then: (...said: unknown[]) => void) => {
    if (leadsOutOf(repository, folder)) then(null, []);
    else readdir(folder, options, then);
  }) as typeof readdir;
  return { readdir: listed };
}
