import type { SavedModel } from '../savedmodel/saved-model.js';
import { functionGraph, libraryGraph } from './lowering/function-graph.js';
import { importRefusal } from './lowering/import-refusal.js';
import type { GraphAddonFound } from './runtime/graph-addon.js';
import type { TimedEngine } from './timed-engine.js';

/** What TensorFlow says of the model's functions, called or not. */
export interface ModelImports {
  /** Imports each function, as Python does when it loads a model. @throws EngineError */
  imports(): Promise<Imports>;
}

/** Why TensorFlow refuses functions, of so many that it was given; or why that could not be found out. */
export type Imports =
  | {
      readonly kind: 'imported';
      readonly count: number;
      readonly refused: readonly { readonly function: string; readonly why: string }[];
    }
  | { readonly kind: 'unavailable'; readonly why: string };

/** Has TensorFlow import each function of a model, called or not, as Python does. @throws EngineError, CallFailed */
export async function importFunctions(
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
    const why = refusal ?? texts[at];
    return why ? [{ function: name, why }] : [];
  });
  return { kind: 'imported', count: made.length, refused };
}
