import { type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Pointer } from './pointer.js';

/** A value of a spec and where it stands in the text. Offsets are in UTF-16 units from the start. */
export type Tree = {
  /** Plain data, as JSON would have it; aliases and merge keys followed. */
  readonly value: unknown;
  readonly offset: number;
  /** Where its key starts; in a list, where the value starts. */
  readonly keyOffset: number;
  /** A scalar as it was written. */
  readonly source: string;
  readonly children: ReadonlyMap<string, Tree>;
};

/** Something that is YAML but not a spec: a key given twice, an alias that stands for nothing. */
export type TreeFault = { readonly offset: number; readonly message: string; readonly hint?: string };

/** Values that aliases may add. A spec needs a dozen; an alias bomb asks for billions. */
const aliasBudget = 10_000;

/** Builds the data of a document and remembers where each value stands. */
export function grow(document: Document.Parsed): { root: Tree; faults: TreeFault[] } {
  const growth = new Growth();
  const root = growth.tree(document.contents, 0);
  return { root, faults: growth.faults };
}

/** The value at the end of the pointer, or undefined. */
export function treeAt(root: Tree, pointer: Pointer): Tree | undefined {
  return pointer.reduce<Tree | undefined>((tree, step) => tree?.children.get(String(step)), root);
}

class Growth {
  readonly faults: TreeFault[] = [];
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  #aliasDepth = 0;
  #aliased = 0;

  tree(node: Node | null, keyOffset: number): Tree {
    const offset = node?.range?.[0] ?? keyOffset;
    const leaf = { value: null, offset: keyOffset, keyOffset, source: '', children: new Map<string, Tree>() };
    if (node === null || this.#overBudget(offset)) return leaf;
    if (isAlias(node)) return this.#alias(node.source, offset, leaf);
    if (node.anchor !== undefined) this.#anchors.set(node.anchor, node);
    if (isScalar(node)) return this.#scalar(node.value, node.source ?? '', { ...leaf, offset });
    this.#open.add(node);
    const children = isMap(node)
      ? this.#entries(node)
      : isSeq(node)
        ? this.#items(node.items)
        : leaf.children;
    this.#open.delete(node);
    return { value: plain(children, isSeq(node)), offset, keyOffset, source: '', children };
  }

  #overBudget(offset: number): boolean {
    if (this.#aliasDepth === 0) return false;
    this.#aliased += 1;
    if (this.#aliased === aliasBudget) {
      const message = 'the aliases repeat more than a spec can hold';
      this.faults.push({ offset, message, hint: 'write the values out' });
    }
    return this.#aliased >= aliasBudget;
  }

  #alias(name: string, offset: number, leaf: Tree): Tree {
    const target = this.#anchors.get(name);
    const trouble =
      target === undefined
        ? { message: `no anchor is called \`${name}\``, hint: `mark a value above with \`&${name}\`` }
        : this.#open.has(target) && {
            message: `\`*${name}\` stands inside \`&${name}\``,
            hint: 'write the value out',
          };
    if (trouble || target === undefined) {
      if (trouble) this.faults.push({ offset, ...trouble });
      return { ...leaf, offset };
    }
    this.#aliasDepth += 1;
    const tree = this.tree(target, leaf.keyOffset);
    this.#aliasDepth -= 1;
    return { ...tree, offset };
  }

  #scalar(value: unknown, source: string, leaf: Tree): Tree {
    if (value === null) return { ...leaf, offset: source === '' ? leaf.keyOffset : leaf.offset, source };
    if (typeof value !== 'object') return { ...leaf, value, source };
    this.faults.push({ offset: leaf.offset, message: 'a spec has no tagged values', hint: 'remove the tag' });
    return leaf;
  }

  #items(items: readonly unknown[]): Map<string, Tree> {
    return new Map(
      items.map((item, index) => {
        const node = item as Node;
        return [String(index), this.tree(node, node.range?.[0] ?? 0)];
      }),
    );
  }

  #entries(map: YAMLMap): Map<string, Tree> {
    const own = new Map<string, Tree>();
    const merged = new Map<string, Tree>();
    for (const pair of map.items as Pair<Node, Node | null>[]) this.#entry(pair, own, merged);
    for (const [key, tree] of merged) if (!own.has(key)) own.set(key, tree);
    return own;
  }

  #entry({ key, value }: Pair<Node, Node | null>, own: Map<string, Tree>, merged: Map<string, Tree>): void {
    const offset = key.range?.[0] ?? 0;
    const child = () => this.tree(value, offset);
    if (!isScalar(key)) {
      this.faults.push({ offset, message: 'a key must be plain text', hint: 'write `key: value`' });
      return;
    }
    if (key.source === '<<' && key.type === 'PLAIN') return this.#merge(child(), merged);
    const name = String(key.value);
    const first = own.get(name);
    if (first === undefined) own.set(name, child());
    else
      this.faults.push({
        offset,
        message: `the key \`${name}\` is given twice`,
        hint: 'keep one of the two',
      });
  }

  /** `<<: *base` or `<<: [*one, *two]`; what comes first wins. */
  #merge(tree: Tree, merged: Map<string, Tree>): void {
    const sources = Array.isArray(tree.value) ? [...tree.children.values()] : [tree];
    for (const source of sources) {
      if (typeof source.value !== 'object' || source.value === null || Array.isArray(source.value)) {
        this.faults.push({
          offset: tree.keyOffset,
          message: '`<<` takes a mapping',
          hint: 'write `<<: *anchor`',
        });
        return;
      }
      for (const [key, child] of source.children) if (!merged.has(key)) merged.set(key, child);
    }
  }
}

/** `Object.fromEntries` makes even `__proto__` a key of its own. */
function plain(children: ReadonlyMap<string, Tree>, list: boolean): unknown {
  if (list) return [...children.values()].map((child) => child.value);
  return Object.fromEntries([...children].map(([key, child]) => [key, child.value]));
}
