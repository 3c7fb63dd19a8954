import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { unlessSystemError } from '../../verdict/system-error.js';
import { classNamesIn } from '../class-names.js';
import { locationKind } from '../location.js';
import { clueIn, explainFile } from '../no-model.js';
import type { Fault } from '../problem/fault.js';
import { leadsOutOf } from '../repository.js';
import { describe } from '../schema/describe.js';
import { nearest } from '../schema/suggestion.js';
import type { Pointer } from '../yaml/pointer.js';
import type { SoundSpec, SpecRule } from './rule.js';

/** Files and folders that a spec names and that do not exist, or are something else. */
export const namedFiles: SpecRule = (spec, { folder, within, otherModel = false }) => {
  if (folder === undefined) return [];
  return places(spec, otherModel).flatMap(([pointer, kind]) => {
    const named = spec.at<unknown>(...pointer);
    if (typeof named !== 'string') return [];
    const path = resolve(folder, named);
    return within !== undefined && leadsOutOf(within, path)
      ? [outside(path, within, pointer)]
      : missing(kind, path, pointer);
  });
};

function outside(path: string, within: string, pointer: Pointer): Fault {
  const hint = `put it into ${within}, or allow it with \`--no-confine\``;
  return { pointer, at: 'value', message: `${path} is outside of the repository of this spec`, hint };
}

/** Examples that name a class which the file of classes does not have. */
export const namedClasses: SpecRule = (spec, { folder, within }) => {
  const classes = spec.at<unknown>('classes');
  if (folder === undefined || typeof classes !== 'string') return [];
  const path = resolve(folder, classes);
  const names = within !== undefined && leadsOutOf(within, path) ? undefined : classNamesIn(path);
  if (names === undefined) return [];
  const known = new Set(names);
  const unknown = spec.keys('examples').flatMap((key) => {
    const pointer = ['examples', Number(key), 'class'];
    const name = spec.at<unknown>(...pointer);
    return typeof name === 'string' && !known.has(name) ? [{ pointer, name }] : [];
  });
  return unknown.map(({ pointer, name }, at): Fault => {
    const meant = at < maxGuesses ? nearest(name, names) : undefined;
    const hint = meant === undefined ? 'names are compared letter by letter' : `did you mean \`${meant}\`?`;
    return { pointer, at: 'value', message: `${describe(name)} is not in the list of classes`, hint };
  });
};

/** Each is compared with the whole list. */
const maxGuesses = 20;

type Kind = 'file' | 'folder' | 'device or pipe';

function places(spec: SoundSpec, otherModel: boolean): [Pointer, Kind][] {
  const kind = locationKind(spec.at<string>('model') ?? '');
  return [
    ...(kind === 'url' || otherModel
      ? []
      : [[['model'], kind === 'folder' ? 'folder' : 'file'] satisfies [Pointer, Kind]]),
    [['classes'], 'file'],
    ...spec.keys('examples').flatMap((key): [Pointer, Kind][] => [
      [['examples', Number(key), 'image'], 'file'],
      [['examples', Number(key), 'output'], 'file'],
    ]),
  ];
}

function missing(kind: Kind, path: string, pointer: Pointer): Fault[] {
  const found = kindOf(path);
  if (found === kind && isReadable(path)) return [];
  if (found === kind) {
    const hint = 'change its permissions, as with `chmod u+r`';
    return [{ pointer, at: 'value', message: `you have no permission to read ${path}`, hint }];
  }
  if (found === undefined) {
    const hint = lowered(clueIn(path) ?? 'Paths are relative to the folder of the spec');
    return [{ pointer, at: 'value', message: `there is no ${kind} ${path}`, hint }];
  }
  if (kind === 'folder' && found === 'file') {
    const { message, remedy } = explainFile(path);
    return [{ pointer, at: 'value', message: message.replace(/\.$/, ''), hint: lowered(remedy) }];
  }
  const hint = kind === 'file' ? 'use the path of a file' : 'use the folder that contains `saved_model.pb`';
  return [{ pointer, at: 'value', message: `${path} is a ${found}, not a ${kind}`, hint }];
}

/** A sentence as a hint. */
function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');
}

function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK);
    return true;
  } catch (error) {
    return unlessSystemError(error) ?? false;
  }
}

/** What is there. */
function kindOf(path: string): Kind | undefined {
  try {
    const found = statSync(path);
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : 'device or pipe';
  } catch (error) {
    return unlessSystemError(error);
  }
}
