import { listedTrainable } from '../savedmodel/listed-trainable.js';
import { CallPreparation } from './call-preparation.js';
import { CallRunner } from './call-runner.js';
import { GradientEngine } from './gradient-engine.js';
import { Ledger } from './ledger.js';
import { lossFunctions } from './losses.js';
import { type Lane, Observer } from './observer.js';
import { ShapeGate } from './shape-gate.js';
import type { SubjectParts } from './subject-parts.js';
import { TimedEngine } from './timed-engine.js';
import { VariableState } from './variable-state.js';

/** One process of a model, and what is known through it. */
export type Opened = {
  readonly engine: TimedEngine;
  readonly preparation: CallPreparation;
  readonly variables: VariableState;
  readonly shapes: ShapeGate;
  readonly gradients: GradientEngine;
  readonly runner: CallRunner;
  readonly observer: Observer;
  readonly ledger: Ledger;
};

/** `another`: one more process, undefined where there may be none; `first`: the model's first process, where this is not that one. */
export function opened(parts: SubjectParts, another: () => Lane | undefined, first?: Opened): Opened {
  const { model, contract, endpoint, lowered, worth } = parts;
  const engine = new TimedEngine(parts.host);
  const preparation = first?.preparation ?? new CallPreparation(model, contract, endpoint, lowered);
  const variables = new VariableState(model, lowered, engine, first?.variables);
  const shapes = new ShapeGate(model, lowered.folder, (work) => engine.send(work), first?.shapes);
  const called = { endpoint, preparation, shapes, variables, engine };
  const runner = new CallRunner(called);
  const observer = new Observer({ ...called, model, lanes: { another, worth }, beside: first?.observer });
  const gradients = new GradientEngine({
    model: parts.readable,
    engine,
    folder: lowered.folder,
    addon: parts.graphAddon,
    losses: lossFunctions(model),
    variables: listedTrainable(model).filter((variable) => lowered.floating.includes(variable)),
  });
  const ledger = new Ledger(observer, runner);
  return { engine, preparation, variables, shapes, gradients, runner, observer, ledger };
}
