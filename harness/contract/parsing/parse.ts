import { dirname, resolve } from 'node:path';
import type { Contract } from '../contract.js';
import type { Fault } from '../problem/fault.js';
import type { Problem } from '../problem/problem.js';
import type { RawSpec } from '../raw-spec.js';
import { repositoryAround } from '../repository.js';
import { ruleFaults } from '../rules/all.js';
import { schemaFaults } from '../schema/schema-faults.js';
import { confirmMarksIn } from '../yaml/confirm-marks.js';
import { readDocument } from '../yaml/document.js';
import { type Lines, linesOf, type Position } from '../yaml/lines.js';
import { dottedPath, type Pointer } from '../yaml/pointer.js';
import { innermost, type Tree, type TreeFault } from '../yaml/tree.js';
import { contractOf } from './contract-of.js';
import { readText } from './spec-text.js';

export type ParseOptions = {
  /** Ids of the checks that waivers may name; default: any id. */
  readonly checkIds?: readonly string[];
  /** Also check that the files that the spec names exist. Default: false. */
  readonly checkFiles?: boolean;
  /** Another model takes the place of the one that the spec names, which need not be there. Default: false. */
  readonly otherModel?: boolean;
  /** Where the spec is in a repository, refuse files outside of it. Default: false. */
  readonly confine?: boolean;
};

export type ParsedSpec =
  | {
      readonly kind: 'contract';
      readonly contract: Contract;
      /** The place of a value; for one left out, the nearest mapping around it. */
      readonly locate: (pointer: Pointer) => Position;
      /** The place of each key, by its path: `image_size.height.min`, `examples[0].class`. */
      readonly positions: ReadonlyMap<string, Position>;
      /** Of the bytes of the file that it was read from, in hexadecimal. */
      readonly sha256?: string;
    }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/**
 * The contract that a spec makes, or everything that is wrong with it, in the order of the file.
 * `text` is YAML or JSON; `specPath` names the file in problems, and relative paths start at its folder.
 */
export function parseSpec(text: string, specPath: string, options: ParseOptions = {}): ParsedSpec {
  const lines = linesOf(text);
  const reading = readDocument(text);
  if (reading.kind === 'faults') return problems(reading.faults, specPath, lines);
  const { root } = reading;
  const faults = faultsOf(root, specPath, options);
  if (faults.length > 0)
    return problems(
      faults.map((fault) => placed(fault, root)),
      specPath,
      lines,
    );
  return {
    kind: 'contract',
    contract: contractOf(root.value as RawSpec, specPath, confirmMarksIn(text)),
    locate: (pointer) => lines.positionOf(innermost(root, pointer).offset),
    positions: new Map(keysOf(root, []).map(([path, offset]) => [path, lines.positionOf(offset)])),
  };
}

/** Reads and parses a spec file; one that cannot be read is a problem too, at 1:1. */
export async function readSpec(path: string, options: ParseOptions = {}): Promise<ParsedSpec> {
  const read = await readText(path);
  if (read.kind === 'problem') return { kind: 'problems', problems: [read.problem] };
  const parsed = parseSpec(read.text, path, options);
  return parsed.kind === 'contract' ? { ...parsed, sha256: read.sha256 } : parsed;
}

function faultsOf(
  root: Tree,
  specPath: string,
  { checkIds, checkFiles = false, otherModel = false, confine = false }: ParseOptions,
): Fault[] {
  const found = schemaFaults(root);
  const folder = dirname(resolve(specPath));
  const within = confine ? repositoryAround(folder) : undefined;
  const options = {
    ...(checkIds !== undefined && { checkIds }),
    ...(checkFiles && { folder }),
    otherModel,
    ...(within !== undefined && { within }),
  };
  return [...found, ...ruleFaults(root, found, options)];
}

function problems(faults: readonly TreeFault[], file: string, lines: Lines): ParsedSpec {
  const inOrder = [...faults].sort((one, other) => one.offset - other.offset);
  const problems = inOrder.map(({ offset, message, hint }): Problem => {
    const position = lines.positionOf(offset);
    return {
      file,
      ...position,
      text: lines.textOf(position.line),
      message,
      ...(hint !== undefined && { hint }),
    };
  });
  return { kind: 'problems', problems: theFirst(withoutRepeats(problems)) };
}

/** More than anybody reads at once; the last of them says how many are left. */
const mostProblems = 100;

function theFirst(problems: readonly Problem[]): readonly Problem[] {
  const next = problems[mostProblems - 1];
  if (next === undefined || problems.length === mostProblems) return problems;
  const { hint: _, ...place } = next;
  const message = `this and ${problems.length - mostProblems} more problems are not listed`;
  return [...problems.slice(0, mostProblems - 1), { ...place, message }];
}

/** The content of an anchor is read at each of its aliases, but its faults are reported once. */
function withoutRepeats(problems: readonly Problem[]): Problem[] {
  return [...new Map(problems.map((one) => [`${one.line}:${one.column}:${one.message}`, one])).values()];
}

function placed({ pointer, at, message, hint }: Fault, root: Tree): TreeFault {
  const tree = innermost(root, at === 'mapping' ? pointer.slice(0, -1) : pointer);
  const offset = at === 'key' ? tree.keyOffset : tree.offset;
  return hint === undefined ? { offset, message } : { offset, message, hint };
}

function keysOf(tree: Tree, pointer: Pointer): [string, number][] {
  const isList = Array.isArray(tree.value);
  return [...tree.children].flatMap(([key, child]) => {
    const path = [...pointer, isList ? Number(key) : key];
    return [[dottedPath(path), child.keyOffset] satisfies [string, number], ...keysOf(child, path)];
  });
}
