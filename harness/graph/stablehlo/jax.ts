import type { GraphNode } from '../../savedmodel/saved-model.js';
import { readModule, type StableHloModule } from './module.js';

/** The module that an operation of a JAX export runs; undefined for another operation, or where it can't be read. */
export function moduleOf({ op, attributes }: GraphNode): StableHloModule | undefined {
  const module = op === 'XlaCallModule' ? attributes.get('module') : undefined;
  return module?.kind === 'string' && module.bytes ? read(module.bytes) : undefined;
}

const known = new WeakMap<Uint8Array, StableHloModule | 'unreadable'>();

function read(bytes: Uint8Array): StableHloModule | undefined {
  const module = known.get(bytes) ?? readModule(bytes) ?? 'unreadable';
  known.set(bytes, module);
  return module === 'unreadable' ? undefined : module;
}

/** The first thing that a module asks for outside of it: the target of a custom call, or an exchange with the host; undefined when none. */
export function outsideOf({ targets, operations }: StableHloModule): string | undefined {
  return (
    [...targets].find((target) => !ofXla.test(target)) ?? [...operations].find((name) => exchanges.test(name))
  );
}

/**
 * Targets that XLA computes by itself, or ignores; functions of TensorFlow, which are examined where they stand.
 * Source: the stable targets of `jax/_src/export/_export.py`.
 */
const ofXla =
  /^(shape_assertion|Sharding|SPMD(FullToShard|ShardToFull)Shape|annotate_device_placement|cu_threefry2x32(_ffi)?|(Approx)?TopK|Eigh|Qr|LuDecomposition|ProductOfElementaryHouseholderReflectors|lapack_\w+|(stablehlo\.dynamic|mhlo\.|chlo\.)[\w.]+|tf\.call_tf_function)$/;

const exchanges = /\.(infeed|outfeed|send|recv)_v\d+$/;
