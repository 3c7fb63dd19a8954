import type { Contract } from '../contract/contract.js';
import type { Endpoint, SavedModel } from '../savedmodel/saved-model.js';
import type { GradientParts } from './gradient-engine.js';
import type { Worth } from './lanes/ahead.js';
import type { Lowered } from './lowering/lower.js';
import type { EngineHost } from './process/host.js';

/** What a model under test on real TensorFlow consists of. */
export type SubjectParts = {
  readonly model: SavedModel;
  /** The same, with a path of its folder under which its process reads it. */
  readonly readable: SavedModel;
  readonly contract: Contract;
  readonly endpoint: Endpoint | undefined;
  readonly lowered: Lowered;
  readonly host: EngineHost;
  /** A further process; undefined where there may be none now. */
  readonly another: () => EngineHost | undefined;
  readonly worth: Worth;
  /** A process that loads no model; to be closed. */
  readonly hostWithoutModel: () => EngineHost;
  readonly graphAddon: GradientParts['addon'];
  readonly close: () => Promise<void>;
};
