import { always, type Check } from '../../harness/check/check.js';
import { LeftOut } from '../../harness/check/violation.js';
import { EngineError } from '../../harness/engine/process/failures.js';
import { factsOf } from '../../harness/graph/ops/catalogue.js';
import { missingOperationText } from '../../harness/graph/ops/missing-operation.js';
import { dangerOf, unseenBy } from './dangers.js';
import { Reach } from './reach.js';
import { Saving } from './saving.js';
import { type Root, type Site, sitesOf } from './sites.js';
import { readsOnlyAssets } from './table-files.js';

export const noDangerousOps: Check = {
  id: 'safety/no-dangerous-ops',
  level: 'must',
  demands:
    'The model MUST NOT touch files, the network, other processes or Python, in anything it can run, signatures and initialisers included.',
  explain: {
    matters:
      'Loading a model runs its initialisers and calling it runs its graph, with all the rights of the user. A model from elsewhere must not be able to read or write files or to open connections.',
    decided:
      'All operations of methods, signatures, losses, tables, custom gradients and the main graph are compared with a list of operations that act outside the process. So are functions that nothing calls, as the optimizer of TensorFlow may put one in the place of another. Saving and restoring its own variables, and filling tables from its own assets, are allowed. An operation that TensorFlow does not have, or that runs what is not in the graph, leaves the check undecided. All this is decided before anything is loaded. A model that does not pass is not run unless `--allow-unsafe` is given.',
    fix: 'Remove file access, `tf.py_function` and `tf.numpy_function` from the model: decoding files is the job of the code that calls it. Vocabularies may stay, as `tf.lookup.StaticVocabularyTable` with an asset.',
  },
  promisedBy: ['model'],
  gatesRun: true,
  answersFor: ['unsafe'],
  applies: always,
  kind: 'reading',
  read: (model) => {
    const reach = new Reach(model);
    const saving = new Saving(reach);
    const sites = sitesOf(reach);
    const dangerous = sites.flatMap((site) => {
      const does =
        saving.isWhereToldTo(site) || readsOnlyAssets(reach, site)
          ? undefined
          : dangerOf(site.node, site.body);
      return does === undefined ? [] : [{ ...site, does }];
    });
    const [first] = dangerous;
    if (first === undefined) requireKnown(sites);
    if (first === undefined) return { status: 'pass', summary: summaryOf(sites) };
    const others = dangerous.length > 1 ? `, and ${dangerous.length - 1} more` : '';
    return {
      status: 'fail',
      finding: {
        where: rootText(first.root),
        expected: 'operations that stay inside the process',
        actual: `${first.node.op} (${first.node.name} in ${first.functionName ?? 'the main graph'}), which ${first.does}${others}`,
        remedy:
          'Export the model again without it: reading, writing and decoding files is the job of the code that calls the model.',
      },
      evidence: { operations: dangerous.map(evidenceFor) },
    };
  },
};

/** @throws EngineError, LeftOut where nobody knows what an operation does */
function requireKnown(sites: readonly Site[]): void {
  const unknown = sites.find(({ node }) => factsOf(node.op) === undefined);
  if (unknown) throw new EngineError('operation-missing', `${missingOperationText(unknown.node.op)}.`);
  for (const { node } of sites) {
    const unseen = unseenBy(node);
    if (unseen === undefined) continue;
    const text = `${unseen}, so the model is not run without --allow-unsafe`;
    throw new LeftOut({ kind: 'opaque-operation', of: node.op, text });
  }
}

function summaryOf(sites: readonly Site[]): string {
  const types = new Set(sites.map(({ node }) => node.op));
  const functions = new Set(sites.map(({ functionName }) => functionName));
  return `${types.size} operation types in ${functions.size} functions stay inside the process`;
}

type Dangerous = Site & { readonly does: string };

function evidenceFor({ node, functionName, root, does }: Dangerous) {
  return {
    operation: node.op,
    name: node.name,
    function: functionName ?? null,
    reachedFrom: rootText(root),
    does,
  };
}

function rootText(root: Root): string {
  switch (root.kind) {
    case 'object':
      return root.path;
    case 'gradient':
      return `the custom gradient ${root.type}`;
    case 'library':
      return 'a function that nothing calls';
    case 'main-graph':
      return 'the main graph';
    case 'saver':
      return 'the saver';
  }
}
