import type { SavedModel } from '../savedmodel/saved-model.js';
import type { Imports } from './imports.js';
import { functionGraph, libraryGraph } from './lowering/function-graph.js';
import { importRefusal } from './lowering/import-refusal.js';
import { EngineError, type EngineFailure, unlessCallFails } from './process/failures.js';
import { importMessage } from './process/import-message.js';
import type { GraphAddonFound } from './runtime/graph-addon.js';
import type { SubjectParts } from './subject-parts.js';
import { TimedEngine } from './timed-engine.js';

/**
 * Has TensorFlow import each function of a model, called or not, as Python does. Where it cannot load the model, this may show
 * why: a function has an operation or an attribute that it lacks. @throws EngineError, CallFailed
 */
export async function modelImports(
  { model, graphAddon, hostWithoutModel }: Pick<SubjectParts, 'model' | 'graphAddon' | 'hostWithoutModel'>,
  engine: TimedEngine,
): Promise<Imports> {
  try {
    return await importFunctions(model, engine, graphAddon);
  } catch (error) {
    if (!(error instanceof EngineError) || !loadFailures.includes(error.failure)) throw error;
    const host = hostWithoutModel();
    const bare = new TimedEngine(host);
    bare.deadline = engine.deadline;
    const imports = await importFunctions(model, bare, graphAddon)
      .catch(unlessCallFails)
      .finally(() => host.close());
    if (imports?.kind !== 'imported' || imports.refused.length === 0) throw error;
    return { ...imports, notLoaded: error };
  }
}

const loadFailures: readonly EngineFailure[] = ['unloadable', 'operation-missing'];

async function importFunctions(
  model: SavedModel,
  engine: TimedEngine,
  addon: GraphAddonFound,
): Promise<Imports> {
  if ('why' in addon) return { kind: 'unavailable', why: addon.why };
  const made = [...model.functions.values()].flatMap((definition) => {
    const graph = functionGraph(definition, model);
    return graph === undefined ? [] : [{ name: definition.name, graph, refusal: importRefusal(definition) }];
  });
  const { texts = [] } = await engine.send({
    addon: addon.file,
    library: libraryGraph(model),
    graphs: made.map(({ graph }) => graph),
  });
  const refused = made.flatMap(({ name, refusal }, at) => {
    const said = texts[at];
    const why = refusal ?? (said && importMessage(said));
    return why ? [{ function: name, why }] : [];
  });
  return { kind: 'imported', count: made.length, refused };
}
