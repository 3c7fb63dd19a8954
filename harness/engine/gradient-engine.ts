import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { bytesIn } from '../savedmodel/bytes-in.js';
import type { ConcreteFunction, SavedModel, Variable } from '../savedmodel/saved-model.js';
import type { PreparedCall } from './call-preparation.js';
import type { Differentiated } from './gradients/differentiate.js';
import { type GradientFetches, type GradientGraph, gradientGraph } from './gradients/gradient-graph.js';
import { type AddedGradients, type GradientModel, gradientModel } from './gradients/gradient-model.js';
import { CannotInline } from './gradients/inline.js';
import { gradientsSeen, singularIn } from './gradients-seen.js';
import { UnsupportedCapture } from './lowering/captures.js';
import { CallFailed } from './process/failures.js';
import type { SessionWork } from './process/messages.js';
import type { GraphAddonFound } from './runtime/graph-addon.js';
import type { ComputedGradients, Gradients } from './subject.js';
import type { TimedEngine } from './timed-engine.js';

export type GradientParts = {
  readonly model: SavedModel;
  readonly engine: TimedEngine;
  /** Where models with gradients are written. */
  readonly folder: string;
  readonly addon: GraphAddonFound;
  readonly losses: readonly ConcreteFunction[];
  /** Floating-point variables to differentiate with respect to. */
  readonly variables: readonly Variable[];
};

type Added = {
  readonly graphDef: Uint8Array;
  readonly added: readonly AddedGradients[];
  readonly lacking: ComputedGradients['lacking'];
};

/** A model with gradients; its bytes are in the folder only, as those of all calls together are many. */
type Ready = {
  readonly graph: GradientFetches;
  readonly model: Omit<GradientModel, 'savedModel'>;
  readonly folder: string;
  readonly lacking: ComputedGradients['lacking'];
};

/** Each model with gradients has variables of its own: of larger ones, only one is held at a time. */
const largeBytes = 16 * 2 ** 20;

/** Gradients of a model's calls and losses, in a graph of their own beside the lowered model. */
export class GradientEngine {
  readonly #parts: GradientParts;
  readonly #ready = new Map<ConcreteFunction, Promise<Ready | { readonly why: string }>>();

  constructor(parts: GradientParts) {
    this.#parts = parts;
  }

  /** @throws CallFailed, EngineError */
  async at(prepared: PreparedCall, outputIndex: number): Promise<Gradients> {
    const { concreteFunction } = prepared;
    const known = this.#ready.get(concreteFunction) ?? this.#make(prepared, outputIndex);
    this.#ready.set(concreteFunction, known);
    const ready = await known;
    return 'why' in ready ? { kind: 'unavailable', why: ready.why } : this.#evaluate(ready, prepared);
  }

  async #make(prepared: PreparedCall, outputIndex: number): Promise<Ready | { readonly why: string }> {
    const { addon } = this.#parts;
    if ('why' in addon) return addon;
    try {
      return await this.#built(prepared, outputIndex, addon.file);
    } catch (error) {
      if (error instanceof CannotInline || error instanceof UnsupportedCapture || error instanceof CallFailed)
        return { why: plain(error.message) };
      throw error;
    }
  }

  /** The gradient is cut at operations that the library cannot differentiate, of one type after another. */
  async #built(prepared: PreparedCall, outputIndex: number, addon: string): Promise<Ready> {
    const cut = new Set<string>();
    for (;;) {
      const { concreteFunction, prefix } = prepared;
      const { model, losses, variables } = this.#parts;
      const graph = gradientGraph({ model, concreteFunction, outputIndex, prefix, losses, variables, cut });
      const made = await this.#added(graph, addon);
      const unknown = made.lacking.flatMap(({ why }) => operationWithoutGradient(why) ?? []);
      const more = unknown.filter((op) => !cut.has(op));
      if (more.length === 0) return this.#written(graph, made);
      for (const op of more) cut.add(op);
    }
  }

  async #added(graph: GradientGraph, addon: string): Promise<Added> {
    const [output, ...others] = graph.differentiated;
    const groups = [output ? [output] : [], others, graph.segments];
    const lacking: ComputedGradients['lacking'][number][] = [];
    const added: AddedGradients[] = [];
    let { graphDef } = graph;
    for (const [index, all] of groups.entries()) {
      const through = all.filter(({ variables, ends }) => variables.length + ends.length > 0);
      if (through.length === 0) continue;
      const made = await this.#differentiate(addon, { ...graph, graphDef }, through, index);
      if ('why' in made) lacking.push({ through: through.map(({ what }) => what), why: made.why });
      else {
        graphDef = made.graphDef;
        added.push(made.added);
      }
    }
    return { graphDef, added, lacking };
  }

  async #written(graph: GradientGraph, { graphDef, added, lacking }: Added): Promise<Ready> {
    const folder = path.join(this.#parts.folder, `gradients-${this.#ready.size}`);
    const { savedModel, ...model } = gradientModel(graphDef, graph, added);
    await mkdir(folder, { recursive: true });
    await writeFile(path.join(folder, 'saved_model.pb'), savedModel);
    const { graphDef: _, ...fetches } = graph;
    return { graph: fetches, model, folder, lacking };
  }

  async #differentiate(
    addon: string,
    { graphDef, reads }: GradientGraph,
    through: readonly Differentiated[],
    index: number,
  ): Promise<{ graphDef: Uint8Array; added: AddedGradients } | { readonly why: string }> {
    const variables = [...reads.keys()].filter((one) => through.some((part) => part.variables.includes(one)));
    const ends = [
      ...new Map(through.flatMap((part) => part.ends).map((end) => [end.reference, end])).values(),
    ];
    const xs = [
      ...variables.map((variable) => reads.get(variable) ?? ''),
      ...ends.map(({ reference }) => reference),
    ];
    const ys = through.map(({ y }) => y);
    const dys = through.map(({ dy }) => dy);
    const work: SessionWork = {
      addon,
      graphDef,
      ys,
      dys,
      xs,
      prefix: `assay/gradient/of/${index}`,
    };
    try {
      const { tensors, texts: names = [] } = await this.#parts.engine.send(work);
      const gradients = new Map(
        variables.flatMap((variable, at) => (names[at] ? [[variable, names[at]] as const] : [])),
      );
      const atEnds = ends.flatMap(({ dtype }, at) => {
        const gradient = names[variables.length + at];
        return gradient ? [{ gradient, dtype }] : [];
      });
      return { graphDef: Uint8Array.from(tensors[0]?.values ?? []), added: { through, gradients, atEnds } };
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      return { why: plain(error.message) };
    }
  }

  async #evaluate({ graph, model, folder, lacking }: Ready, { run }: PreparedCall): Promise<Gradients> {
    const { engine, model: all } = this.#parts;
    const there = { in: folder, alone: bytesIn(all) > largeBytes };
    const fetch = [
      model.outputFinite,
      ...model.finite.flatMap(({ of, fetch, fetchNonzero }) => (of.length > 0 ? [fetch, fetchNonzero] : [])),
      ...model.finite.flatMap(({ fetchEnds = [] }) => fetchEnds),
      ...graph.cuts.map((one) => one.fetch),
      ...singularIn(graph).map(({ point }) => point.fetch),
      ...(model.step === undefined ? [] : [model.step]),
    ];
    await engine.send({ ...there, values: [], fetch: [model.reset] });
    const { tensors } = await engine.send({ ...run, ...there, fetch });
    // TensorFlow prepares each set of fetches anew, which takes long: the same one shows the output after the step.
    const after = model.step && (await engine.send({ ...run, ...there, fetch }));
    const fetched = new Map(fetch.map((name, index) => [name, tensors[index]?.values ?? []]));
    const isTrue = (name: string, place = 0) => fetched.get(name)?.[place] === 1;
    const finiteAfterStep = after ? after.tensors[0]?.values[0] === 1 : undefined;
    return { kind: 'computed', lacking, ...gradientsSeen(graph, model, isTrue), finiteAfterStep };
  }
}

/** The type of operation that the library named for having no gradient. */
function operationWithoutGradient(why: string): string | undefined {
  return /No gradient defined for op: (\w+)/.exec(why)?.[1];
}

/** TensorFlow's message without its advice to developers. */
function plain(message: string): string {
  return message.replace(/ Please see https:.*$/s, '');
}
