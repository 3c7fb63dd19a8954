import type { Check, Reading as ReadingCheck } from '../../harness/check/check.js';
import { LeftOut, Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import { everyConcreteFunction, mutates, reachableOperations } from '../../harness/graph/reachable.js';
import { resolveCall } from '../../harness/savedmodel/call/resolve.js';
import { modelDigestOf } from '../../harness/savedmodel/digest.js';
import { readSavedModel } from '../../harness/savedmodel/reading/read.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { specOfModel } from '../../proof/material.js';
import { contractAt } from '../../proof/running.js';
import { checks } from '../../suites/all.js';
import { Files } from './files.js';
import { expectSentence, type Place, type Reader } from './reader.js';

const readings = checks.filter((check): check is Check & ReadingCheck => check.kind === 'reading');

/** Reads a model, looks at all of it, and decides every check that reads. */
export function modelReader({ folder }: Place): Reader {
  const files = new Files(folder);
  const contracts = new Map<string, Promise<Contract>>();
  return async (input) => {
    const base = input.base ?? '';
    const contract = contracts.get(base) ?? contractAt(specOfModel(base));
    contracts.set(base, contract);
    const placed = files.place(input);
    const model = await readSavedModel(placed);
    await modelDigestOf(placed);
    lookAtAll(model);
    const conclusions = await Promise.all(
      readings.map(async (check) => conclusion(check, await contract, model)),
    );
    for (const note of model.notes) expectSentence(note);
    return model.notes.length > 0 || conclusions.includes('refused') ? 'refused' : 'accepted';
  };
}

/** What `decide` makes of it: any error but these is one of assay. */
function conclusion(check: Check & ReadingCheck, contract: Contract, model: SavedModel): 'refused' | 'fine' {
  try {
    if (check.applies(contract, model) !== true) return 'fine';
    return check.read(model, contract).status === 'pass' ? 'fine' : 'refused';
  } catch (error) {
    const known = error instanceof UserError || error instanceof LeftOut || error instanceof Violation;
    if (!known) throw error;
    return 'refused';
  }
}

function lookAtAll(model: SavedModel): void {
  const concreteFunctions = everyConcreteFunction(model);
  reachableOperations(model, concreteFunctions);
  for (const concreteFunction of concreteFunctions) mutates(model, concreteFunction);
  for (const endpoint of [...model.methods.values(), ...model.signatures.values()])
    resolveCall(endpoint, { dtype: 'float32', shape: [1, 8, 8, 3] }, { training: true });
  const nodes = [...model.functions.values()].flatMap((one) => one.nodes);
  for (const { attributes } of [...nodes, ...model.graphNodes.values()]) void attributes.size;
}
