import { numbersOf } from '../flow/constant.js';
import { recordedShape } from '../flow/recorded-shape.js';
import type { SymbolicTensor } from '../flow/symbolic-tensor.js';
import { factsOf } from '../ops/catalogue.js';
import { type Alternatives, combinations, merged } from './alternatives.js';
import { type Context, fresh, made } from './context.js';
import { computedValue, fixedValue, scalar } from './fixed-value.js';
import { chosenBySum } from './gates.js';
import { interpolated } from './interpolation.js';
import { transferOf } from './transfers.js';
import { everything } from './unary.js';
import { unionOf } from './unions.js';
import type { Value } from './value.js';

/** What an operation gives, from what its inputs are. */
export function resultOf(context: Context, behind: (tensor: SymbolicTensor) => Alternatives): Alternatives {
  const { graph, numbering, result } = context;
  const { node } = result.operation;
  if (node.op === 'Const') return [constant(context)];
  if (node.op === 'ReadVariableOp') return read(context, behind);
  const inputs = graph.inputsOf(result.operation).map(behind);
  const union = isChoiceOfRows(context) ? [1, 2] : unionOf(node.op, inputs.length);
  const options = union?.map((position) => inputs[position] ?? []) ?? chosenBySum(context)?.map(behind);
  if (options !== undefined)
    return merged(
      numbering,
      options.flat().map((value) => elsewhere(context, value)),
    );
  if (inputs.some(({ length }) => length === 0)) return [];
  const mixed = interpolated(context, behind);
  if (mixed !== undefined) return mixed;
  return merged(
    numbering,
    combinations(numbering, inputs).map((values) => applied(context, values)),
  );
}

function applied(context: Context, values: readonly Value[]): Value {
  const { graph, numbering, result } = context;
  const transfer = transferOf(result.operation.node);
  const facts = factsOf(result.operation.node.op);
  const constant =
    values.every(({ varies }) => !varies) && facts?.random === undefined && facts?.units !== 'same';
  if (!constant || facts === undefined) return transfer(context, values);
  return computedValue(numbering.fresh(), graph.shapeOfOrigin(result), () => transfer(context, values));
}

/** A variable, unless the call itself assigns to it. */
function read(context: Context, behind: (tensor: SymbolicTensor) => Alternatives): Alternatives {
  const { graph, result } = context;
  const assigned = graph.inputsOf(result.operation).flatMap(behind);
  if (assigned.some(({ varies }) => varies)) return [fresh(context)];
  if (assigned.length > 0) return [made(context, [], everything)];
  const [handle] = graph.flow.inputsOf(result.operation);
  return handle ? behind(handle) : [];
}

function constant({ numbering, result }: Context): Value {
  const { callSite, node } = result.operation;
  const shape = recordedShape(result);
  const [number] = shape?.length === 0 ? (numbersOf(node)?.values ?? []) : [];
  if (number !== undefined) return scalar(numbering.of(`number ${number}`, []), number);
  return fixedValue(numbering.of(`${callSite.body.name} ${node.name}`, []), shape, () => numbersOf(node));
}

/** Whether a condition for each row chooses between two rows, as a branch would. */
function isChoiceOfRows({ graph, result: { operation } }: Context): boolean {
  if (!/^Select/.test(operation.node.op)) return false;
  const [condition, chosen] = [0, 1].map((at) => graph.inputShape(operation, at));
  return condition?.at(-1) === 1 && chosen?.length === 2 && chosen.at(-1) !== 1;
}

/** An element that lies elsewhere than before. */
function elsewhere({ numbering }: Context, value: Value): Value {
  if (!value.varies) return value;
  return {
    ...value,
    id: numbering.fresh(),
    curve: value.curve && { ...value.curve, score: numbering.fresh() },
  };
}
