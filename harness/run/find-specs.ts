import { stat } from 'node:fs/promises';
import path from 'node:path';
import { glob } from 'tinyglobby';
import { unlessSystemError } from '../verdict/system-error.js';
import { UserError } from '../verdict/user-error.js';

/** A path that names no spec: a missing file, a folder without specs, a pattern that matches nothing. */
export class NoSpecs extends UserError {}

const inFolder = '**/*.{yaml,yml}';

/**
 * The spec files of these files, folders and globs: absolute, sorted, each once. `links`: whether folders that are links are
 * looked into. @throws NoSpecs when one of them names nothing
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
  if (await isSavedModel(absolute)) throw aModel(pattern);
  if (stats?.isDirectory())
    throw new NoSpecs(`${pattern} contains no spec (*.yaml).`, '`assay init MODEL` writes one.');
  throw new NoSpecs(
    `${pattern} is neither a file nor a folder, and as a pattern it matches nothing.`,
    'Name spec files, folders of them, or patterns, as seen from here.',
  );
}

/** Files that hold a model, or a part of one. */
const modelFile = /\.(keras|h5|hdf5|pb|tflite|onnx|tar|tgz|tar\.gz|zip)$/;

async function isSavedModel(folder: string): Promise<boolean> {
  return (await stat(path.join(folder, 'saved_model.pb')).catch(unlessSystemError)) !== undefined;
}

function aModel(given: string): NoSpecs {
  if (/\.(keras|h5|hdf5)$/.test(given))
    return new NoSpecs(
      `${given} is a file of Keras, which no contract is about.`,
      `\`assay wrap ${given}\` prints a Python program that exports it as a SavedModel.`,
    );
  return new NoSpecs(
    `${given} is a model, and no spec of one.`,
    `Write a first spec with \`assay init ${given}\`, or name an existing one: \`assay check SPEC --model ${given}\`.`,
  );
}

function globbed(pattern: string, cwd: string, followSymbolicLinks: boolean): Promise<string[]> {
  const options = { cwd, absolute: true, onlyFiles: true, ignore: ['**/node_modules/**'] };
  return glob(pattern, { ...options, followSymbolicLinks });
}
