import { Malformed } from './byte-reader.js';
import { type Bytecode, readBytecode } from './bytecode.js';
import { type Operation, operationsIn } from './operations.js';

/** What a module of StableHLO runs. */
export type StableHloModule = {
  /** Names of its operations, such as `vhlo.add_v1`. */
  readonly operations: ReadonlySet<string>;
  /** What its custom calls call. */
  readonly targets: ReadonlySet<string>;
};

/** A module as jax2tf writes it; undefined where it can't be read. Source: MLIR's and StableHLO's documentation of their bytecode. */
export function readModule(bytes: Uint8Array): StableHloModule | undefined {
  try {
    const bytecode = readBytecode(bytes);
    const operations = operationsIn(bytecode);
    const calls = operations.filter(({ name }) => name.includes('custom_call'));
    return {
      operations: new Set(operations.map(({ name }) => name)),
      targets: new Set(calls.map((call) => targetOf(call, bytecode))),
    };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return undefined;
  }
}

/** The target that a custom call names. @throws Malformed */
function targetOf(call: Operation, bytecode: Bytecode): string {
  const inDictionary = amongAttributes(call, bytecode);
  // Where both name a target, MLIR takes that of the dictionary.
  if (call.properties !== undefined && inDictionary !== undefined) throw new Malformed();
  const number = call.properties === undefined ? inDictionary : amongProperties(call, bytecode);
  const [kind, text] = number === undefined ? [] : (bytecode.attributes[number]?.numbers ?? []);
  const target = kind === numberOf.text && text !== undefined ? bytecode.strings[text] : undefined;
  if (target === undefined) throw new Malformed();
  return target;
}

/** How StableHLO numbers an attribute that is a text, and MLIR one of its own; the place among the properties, by their names. */
const numberOf = { text: 14, builtinText: 2, target: 2 } as const;

function amongProperties({ properties = -1 }: Operation, bytecode: Bytecode): number | undefined {
  return bytecode.properties[properties]?.[numberOf.target];
}

/** Before version 5, an operation has a dictionary: its kind, a count, and pairs of a name and a value. */
function amongAttributes({ attributes: own = -1 }: Operation, bytecode: Bytecode): number | undefined {
  const { attributes, strings } = bytecode;
  const [, , ...pairs] = attributes[own]?.numbers ?? [];
  const isName = (number: number) => {
    const [kind, text = -1] = attributes[number]?.numbers ?? [];
    return kind === numberOf.builtinText && strings[text] === 'call_target_name';
  };
  const at = pairs.findIndex((number, index) => index % 2 === 0 && isName(number));
  return at < 0 ? undefined : pairs[at + 1];
}
