import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
} from 'yaml';
import type { Tree, TreeFault } from './tree.js';

/** Builds the data of a document with the place of each value, and reports YAML that no spec may have. */
export function treeOfDocument(document: Document.Parsed): { root: Tree; faults: readonly TreeFault[] } {
  const building: Building = { faults: [], anchors: new Map(), open: new Set(), aliasDepth: 0, aliased: 0 };
  return { root: treeOf(document.contents, 0, building), faults: building.faults };
}

type Building = {
  readonly faults: TreeFault[];
  readonly anchors: Map<string, Node>;
  /** Collections under construction: an alias of one would never end. */
  readonly open: Set<Node>;
  aliasDepth: number;
  /** Values that aliases have added so far. */
  aliased: number;
};

type Children = Map<string, Tree>;

/** A spec needs a dozen values from aliases; an alias bomb has billions. */
const maxAliasedValues = 10_000;

function treeOf(node: Node | null, keyOffset: number, building: Building): Tree {
  const offset = node?.range?.[0] ?? keyOffset;
  const leaf: Tree = { value: null, offset, keyOffset, source: '', children: new Map() };
  if (node === null || isOverBudget(offset, building)) return leaf;
  if (isAlias(node)) return aliasTree(node, leaf, building);
  if (node.anchor !== undefined) building.anchors.set(node.anchor, node);
  if (isScalar(node)) return scalarTree(node, leaf, building);
  building.open.add(node);
  const children = childrenOf(node, building);
  building.open.delete(node);
  return { ...leaf, value: isSeq(node) ? itemsOf(children) : entriesOf(children), children };
}

function isOverBudget(offset: number, building: Building): boolean {
  if (building.aliasDepth === 0) return false;
  building.aliased += 1;
  if (building.aliased === maxAliasedValues) {
    const message = 'the aliases expand to more values than a spec can have';
    building.faults.push({ offset, message, hint: 'write the values out' });
  }
  return building.aliased >= maxAliasedValues;
}

function aliasTree({ source: name }: Alias, leaf: Tree, building: Building): Tree {
  const target = building.anchors.get(name);
  if (target === undefined) {
    return blamed(leaf, `no anchor above is called \`${name}\``, `mark a value with \`&${name}\``, building);
  }
  if (building.open.has(target)) {
    return blamed(leaf, `\`*${name}\` is inside \`&${name}\` itself`, 'write the value out', building);
  }
  building.aliasDepth += 1;
  const tree = treeOf(target, leaf.keyOffset, building);
  building.aliasDepth -= 1;
  return { ...tree, offset: leaf.offset };
}

function scalarTree({ value, source = '' }: Scalar, leaf: Tree, building: Building): Tree {
  if (value === null && source === '') return { ...leaf, offset: leaf.keyOffset };
  if (typeof value !== 'object' || value === null) return { ...leaf, value, source };
  return blamed(leaf, 'a spec has no tagged values', 'remove the tag', building);
}

function blamed(leaf: Tree, message: string, hint: string, building: Building): Tree {
  building.faults.push({ offset: leaf.offset, message, hint });
  return leaf;
}

function childrenOf(node: Node, building: Building): Children {
  if (isSeq<Node>(node)) {
    return new Map(
      node.items.map((item, index) => [String(index), treeOf(item, item.range?.[0] ?? 0, building)]),
    );
  }
  const own: Children = new Map();
  const merged: Children = new Map();
  const pairs = isMap<Node, Node | null>(node) ? node.items : [];
  for (const pair of pairs) addEntry(pair, own, merged, building);
  return new Map([...own, ...[...merged].filter(([key]) => !own.has(key))]);
}

function addEntry(
  { key, value }: Pair<Node, Node | null>,
  own: Children,
  merged: Children,
  building: Building,
): void {
  const offset = key.range?.[0] ?? 0;
  if (!isScalar(key)) {
    building.faults.push({ offset, message: 'a key must be plain text', hint: 'write `key: value`' });
    return;
  }
  const name = String(key.value);
  if (own.has(name)) {
    building.faults.push({
      offset,
      message: `the key \`${name}\` is given twice`,
      hint: 'keep one of the two',
    });
    return;
  }
  const child = treeOf(value, offset, building);
  if (key.source === '<<' && key.type === 'PLAIN') merge(child, merged, building);
  else own.set(name, child);
}

/** `<<: *base` or `<<: [*one, *two]`; of two values for a key, the first counts. */
function merge(tree: Tree, merged: Children, building: Building): void {
  const sources = Array.isArray(tree.value) ? [...tree.children.values()] : [tree];
  for (const { value, children } of sources) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      blamed(tree, '`<<` needs a mapping', 'write `<<: *anchor`, where `&anchor` marks a mapping', building);
      return;
    }
    for (const [key, child] of children) if (!merged.has(key)) merged.set(key, child);
  }
}

function itemsOf(children: Children): unknown[] {
  return [...children.values()].map(({ value }) => value);
}

/** `Object.fromEntries` makes even `__proto__` a key like any other. */
function entriesOf(children: Children): unknown {
  return Object.fromEntries([...children].map(([key, { value }]) => [key, value]));
}
