import { type Document, parseAllDocuments, visit, YAMLParseError } from 'yaml';
import type { Tree, TreeFault } from './tree.js';
import { treeOfDocument } from './tree-of-document.js';

/** The YAML document of a spec, or why there is none. Offsets are in UTF-16 units. */
export type ParsedDocument =
  | { readonly kind: 'document'; readonly root: Tree }
  | { readonly kind: 'faults'; readonly faults: readonly TreeFault[] };

/** In UTF-16 units. The longest real spec has a few thousand. */
const maxCharacters = 256 * 1024;
const maxDepth = 100;

/** In UTF-16 units, of a line and of a text over several lines. */
const maxText = 4096;

/** Reads YAML, which includes JSON. Nothing after the first syntax error is reliable, so only that one is reported. */
export function readDocument(text: string): ParsedDocument {
  const [refusal] = refusals.flatMap((refuse) => refuse(text) ?? []);
  if (refusal !== undefined) return { kind: 'faults', faults: [refusal] };
  try {
    return documentIn(text);
  } catch (error) {
    // The stack overflows at nesting of a form that is not looked for before.
    if (!(error instanceof RangeError)) throw error;
    return { kind: 'faults', faults: [{ offset: 0, ...tooDeep }] };
  }
}

function documentIn(text: string): ParsedDocument {
  const documents = parseAllDocuments(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'silent' });
  const [first, second] = Array.isArray(documents) ? documents : [];
  if (first === undefined) return { kind: 'faults', faults: [empty] };
  const fault = syntaxFault(first, text) ?? (second && severalDocuments(second)) ?? longText(first);
  if (fault !== undefined) return { kind: 'faults', faults: [fault] };
  const { root, faults } = treeOfDocument(first);
  if (faults.length > 0) return { kind: 'faults', faults };
  if (root.value === null) return { kind: 'faults', faults: [{ ...empty, offset: root.offset }] };
  return { kind: 'document', root };
}

const empty: TreeFault = {
  offset: 0,
  message: 'the spec is empty',
  hint: 'start with `model: path/to/model`; `assay init MODEL` writes a whole spec',
};

/** Files that are refused before parsing, each with its reason. */
const refusals: readonly ((text: string) => TreeFault | undefined)[] = [
  (text) =>
    text.startsWith('\uFEFF')
      ? { offset: 0, message: 'the file starts with a byte order mark', hint: 'save it as UTF-8 without one' }
      : undefined,
  (text) =>
    text.length > maxCharacters
      ? {
          offset: 0,
          message: `a spec of ${text.length} characters`,
          hint: `a spec has at most ${maxCharacters} characters`,
        }
      : undefined,
  // The parser recurses: endless nesting would crash the process.
  (text) => {
    const offset = tooDeepAt(text);
    if (offset === undefined) return undefined;
    return { offset, ...tooDeep };
  },
  (text) => {
    const { index } = new RegExp(`^.{${maxText + 1},}`, 'm').exec(text) ?? {};
    return index === undefined ? undefined : { offset: index, ...tooLong('a line') };
  },
];

const tooDeep = { message: 'the spec is nested too deeply', hint: 'a spec has at most four levels' };

function tooLong(what: string): Omit<TreeFault, 'offset'> {
  return {
    message: `${what} of more than ${maxText} characters`,
    hint: 'name files by their paths, and keep notes short',
  };
}

/** The first text of a document that is too long, a key or a value. */
function longText(document: Document.Parsed): TreeFault | undefined {
  let found: TreeFault | undefined;
  visit(document, {
    Scalar(_, { value, range }) {
      if (typeof value !== 'string' || value.length <= maxText) return undefined;
      found = { offset: range?.[0] ?? 0, ...tooLong('a text') };
      return visit.BREAK;
    },
  });
  return found;
}

function tooDeepAt(text: string): number | undefined {
  const indented = new RegExp(`^(?:[-?:][ \\t]|[ \\t]){${maxDepth}}|(?:[-?:][ \\t]+){${maxDepth}}`, 'm').exec(
    text,
  );
  let depth = 0;
  for (let offset = 0; offset < (indented?.index ?? text.length); offset += 1) {
    const character = text[offset];
    if (character === '[' || character === '{') depth += 1;
    if (character === ']' || character === '}') depth -= 1;
    if (depth > maxDepth) return offset;
  }
  return indented?.index;
}

function severalDocuments(second: Document.Parsed): TreeFault {
  const offset = second.range[0];
  return { offset, message: 'a second document starts here', hint: 'write one file per model' };
}

function syntaxFault(document: Document.Parsed, text: string): TreeFault | undefined {
  const [first] = [...document.errors, ...document.warnings].sort((one, other) => one.pos[0] - other.pos[0]);
  if (first === undefined) return undefined;
  const kind = first instanceof YAMLParseError ? 'YAML cannot be read' : 'YAML with a special meaning';
  const known = sentences[first.code];
  const offset = first.code === 'TAB_AS_INDENT' ? first.pos[0] : besideSpace(first.pos[0], text);
  if (known !== undefined) return { offset, ...known };
  return {
    offset,
    message: `${kind}: ${uncapitalised(first.message)}`,
    hint: 'fix the YAML here or just above',
  };
}

/** The parser often points at the space before the fault, or at the end of the file after it. */
function besideSpace(offset: number, text: string): number {
  const next = text.slice(offset).search(/\S/);
  return next === -1 ? text.trimEnd().length : offset + next;
}

const sentences: Readonly<Record<string, { message: string; hint: string }>> = {
  TAB_AS_INDENT: { message: 'a tab cannot indent YAML', hint: 'use spaces' },
  BLOCK_AS_IMPLICIT_KEY: {
    message: 'a value with `: ` in it, or a line indented too far',
    hint: 'put the value in quotes, or line the key up with the one above',
  },
  BAD_SCALAR_START: { message: 'a value cannot start with this character', hint: 'put the value in quotes' },
  TAG_RESOLVE_FAILED: {
    message: 'a spec has no tagged values',
    hint: 'remove the tag, or put the value in quotes',
  },
  BAD_DQ_ESCAPE: {
    message: 'a backslash between double quotes has a meaning of its own',
    hint: 'write a path with slashes: /',
  },
  BAD_DIRECTIVE: { message: 'a spec has no directives', hint: 'remove the line' },
};

function uncapitalised(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1);
}
