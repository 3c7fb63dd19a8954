import { operationText } from '../../../harness/graph/flow/operation-text.js';
import { resultKey } from '../../../harness/graph/shapes/graph.js';
import {
  axesOf,
  type Contraction,
  labelsAt,
  type Operand,
} from '../../../harness/graph/units/contraction.js';
import { isSelection } from '../../../harness/graph/units/selection.js';
import { narrowed, sameForAll, type Units } from '../../../harness/graph/units/units.js';
import type { Axes } from './axes.js';
import { selectionOf } from './contents.js';
import {
  type Context,
  dependsOnImages,
  inputOf,
  isRandom,
  type Plan,
  type Request,
  requestFor,
  type Step,
  settled,
} from './plan.js';
import { union } from './randomness.js';
import {
  content,
  hasContent,
  masked,
  masksOf,
  noiseOf,
  productOf,
  renamed,
  type Value,
} from './unit-value.js';

/** What an operand is for the units that are followed. */
type Part = {
  readonly operand: Operand;
  /** Its own axes of the units; none where it is the same for all of them. */
  readonly units: Units;
  /** A kernel: the images have no part in it. */
  readonly kernel: boolean;
  readonly isRandom: boolean;
  /** A matrix that hands on single values. */
  readonly selects: boolean;
};

/**
 * A product that sums: `rows · weights` mixes the units of the rows with the weights. It hands them on where the weights
 * are an identity, and is a mask where they are random. Units of a kernel's own stay apart: weights dropped for a whole
 * unit are a mask on it. Values of images that are weighted and summed over places keep their units, too.
 */
export function contracted(context: Context, step: Step, contraction: Contraction): Plan {
  const name = resultKey(step.result);
  if (sameForAll(step.axes.units)) return settled(content(name));
  const parts = partsOf(context, step, contraction);
  if (step.axes.units === 'lost' && parts.some((part) => part.isRandom && !part.kernel))
    context.doubt(
      `the shapes do not show what the units of ${operationText(step.result.operation)} come from`,
    );
  const asked = parts.flatMap((part) => askedOf(context, step, contraction, parts, part));
  return {
    requests: asked.map(({ request }) => request),
    combine: (values) => {
      const all = asked.map(({ role }, at) => ({ role, value: values[at] ?? [] }));
      const of = (role: Role) => all.filter((each) => each.role === role).map(({ value }) => value);
      const carried = of('carries');
      const base =
        carried.length > 0
          ? renamed(productOf(carried), selectionOf(context.graph, step.result))
          : content(name);
      return underKernels(productOf([base, ...of('rows')]), of('kernel'), of('bare kernel'));
    },
  };
}

type Role = 'carries' | 'rows' | 'kernel' | 'bare kernel';
type Asked = { readonly role: Role; readonly request: Request };

function partsOf(context: Context, step: Step, contraction: Contraction): readonly Part[] {
  const { graph } = context;
  const labels = labelsAt(contraction, step.axes.units);
  const own = contraction.operands.map((operand): Part => {
    const tensor = inputOf(context, step.result.operation, operand.position);
    const axes = axesWith(operand, labels);
    const shape = graph.inputShape(step.result.operation, operand.position);
    return {
      operand,
      units: typeof step.axes.units === 'string' ? axes : narrowed(axes, shape),
      kernel:
        tensor !== undefined && !dependsOnImages(context, tensor) && isShared(operand, contraction, labels),
      isRandom: tensor !== undefined && isRandom(context, tensor),
      selects: tensor !== undefined && isSelection(graph, tensor),
    };
  });
  return own.map((part) => handedOn(part, own, contraction));
}

/** Where the units of another operand are single values of this one, these are its units. */
function handedOn(part: Part, all: readonly Part[], { result }: Contraction): Part {
  if (!sameForAll(part.units)) return part;
  const given = all
    .filter((other) => other.selects && !sameForAll(other.units))
    .flatMap(({ operand }) => operand.labels.filter((label) => !result.includes(label)));
  return given.length === 0 ? part : { ...part, units: axesWith(part.operand, given), kernel: false };
}

/** Whether all images share an operand: each of its axes is one of units, or is summed over. */
function isShared({ labels }: Operand, { result }: Contraction, units: readonly string[]): boolean {
  return labels.every((label) => units.includes(label) || !result.includes(label));
}

function axesWith(operand: Operand, labels: readonly string[]): readonly number[] {
  const beyond = labels.map(Number).filter((axis) => axis >= operand.labels.length);
  return [...axesOf(operand, (label) => labels.includes(label)), ...beyond];
}

function askedOf(
  context: Context,
  step: Step,
  contraction: Contraction,
  parts: readonly Part[],
  part: Part,
): readonly Asked[] {
  const ask = (role: Role, axes: Partial<Axes>): readonly Asked[] =>
    requestFor(context, step, part.operand.position, { ...step.axes, ...axes }).map((request) => ({
      role,
      request,
    }));
  const places = placesOf(step, contraction, parts, part);
  if (sameForAll(part.units))
    return part.selects && part.isRandom ? ask('rows', { units: [], places: [] }) : [];
  if (!part.kernel || part.selects) return ask('carries', { units: part.units, places });
  if (!part.isRandom) return [];
  return [
    ...ask('kernel', { units: part.units, places, kernel: true }),
    ...ask('bare kernel', { units: part.units, places: [], kernel: true }),
  ];
}

/** Axes that are summed over, now or later. What a selection takes from them is a single place. */
function placesOf(
  { axes: { places } }: Step,
  contraction: Contraction,
  parts: readonly Part[],
  part: Part,
): Units {
  if (places === 'lost' || places === 'single') return places;
  const later = labelsAt(contraction, places);
  const isSummed = (label: string): boolean => {
    if (contraction.windows?.includes(label)) return true;
    if (contraction.result.includes(label)) return later.includes(label);
    const selecting = parts.filter(({ operand, selects }) => selects && operand.labels.includes(label));
    const onward = selecting
      .flatMap(({ operand }) => operand.labels)
      .filter((each) => contraction.result.includes(each));
    return selecting.length === 0 || onward.some((each) => later.includes(each));
  };
  return axesOf(part.operand, isSummed);
}

/** A kernel of nothing but random numbers is a mask; one of weights is where it drops all that make up a unit. */
function underKernels(base: Value, kernels: readonly Value[], bare: readonly Value[]): Value {
  return kernels.reduce((value, kernel, at) => {
    const own = hasContent(kernel) ? union(masksOf(kernel), noiseOf(kernel)) : noiseOf(bare[at] ?? []);
    return masked(value, own);
  }, base);
}
