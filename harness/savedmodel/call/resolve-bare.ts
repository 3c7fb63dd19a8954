import { pythonText } from '../python-text.js';
import type { ConcreteFunction, Endpoint, PythonValue, TensorSpec } from '../saved-model.js';
import { compatibleShapes } from '../shape.js';
import type { ArgumentValue, CallArguments, ImagesSpec, Refused, TensorInput } from './argument-value.js';
import { argumentText, argumentValue, imagesValue } from './argument-value.js';
import { castTo } from './cast.js';
import { matchConcreteFunction } from './match.js';

type BareResolution =
  | {
      readonly kind: 'found';
      readonly concreteFunction: ConcreteFunction;
      readonly tensors: readonly TensorInput[];
    }
  | Refused;

/**
 * A single concrete function, as signatures are. TensorFlow first tries all its arguments as they were in Python,
 * then only its tensors by their keywords. That second way looks at no shape, so a signature runs at sizes it was
 * not made for; a wrong dtype fails when it runs. The images go to the first argument that is not among `args`.
 */
export function resolveBare(endpoint: Endpoint, images: ImagesSpec, args: CallArguments): BareResolution {
  const [concreteFunction] = endpoint.concreteFunctions;
  if (concreteFunction === undefined)
    return { kind: 'refused', message: `${endpoint.name} has no concrete function.` };
  const tensors =
    structured(endpoint, concreteFunction, images, args) ?? flat(endpoint, concreteFunction, images, args);
  return tensors === undefined
    ? refusal(endpoint, concreteFunction, images)
    : { kind: 'found', concreteFunction, tensors };
}

/** An argument of the concrete function; one that can only be given by its place has an empty name. */
type Slot = { readonly name: string; readonly positional: boolean; readonly value: PythonValue };

function structured(
  endpoint: Endpoint,
  concreteFunction: ConcreteFunction,
  images: ImagesSpec,
  args: CallArguments,
): readonly TensorInput[] | undefined {
  const slots = slotsOf(endpoint, concreteFunction);
  const forImages = slots.find(({ name }) => args[name] === undefined);
  const names = new Set(slots.map(({ name }) => name));
  if (Object.keys(args).some((name) => !names.has(name))) return undefined;
  const values = slots.map((slot) => {
    const named = args[slot.name];
    if (slot === forImages) return castTo(slot.value, imagesValue(images));
    return named === undefined ? undefined : castTo(slot.value, argumentValue(named));
  });
  const passed = values.filter((value) => value !== undefined);
  return passed.length < slots.length
    ? undefined
    : matchConcreteFunction(concreteFunction, boundOf(slots, passed), false);
}

function slotsOf({ pythonNames }: Endpoint, { positional, keyword }: ConcreteFunction): readonly Slot[] {
  const inOrder = positional.map((value, at) => ({ name: pythonNames?.[at] ?? '', positional: true, value }));
  const byName = Object.entries(keyword).map(([name, value]) => ({ name, positional: false, value }));
  return [...inOrder, ...byName];
}

function boundOf(slots: readonly Slot[], passed: readonly ArgumentValue[]) {
  const entries = slots.flatMap(({ name, positional }, at): readonly (readonly [string, ArgumentValue])[] => {
    const value = passed[at];
    return positional || value === undefined ? [] : [[name, value]];
  });
  const positional = passed.filter((_, at) => slots[at]?.positional);
  return { kind: 'bound', positional, keyword: Object.fromEntries(entries) } as const;
}

/** By keyword only tensors can be given, and the images are the only tensor of a call. */
function flat(
  { parameters }: Endpoint,
  concreteFunction: ConcreteFunction,
  { dtype }: ImagesSpec,
  args: CallArguments,
): readonly TensorInput[] | undefined {
  const spec = imagesSpec(concreteFunction);
  const alone = parameters.length === 1 && Object.keys(args).length === 0;
  return alone && spec?.dtype === dtype ? [{ kind: 'images' }] : undefined;
}

function imagesSpec({ positional, keyword }: ConcreteFunction): TensorSpec | undefined {
  return [...positional, ...Object.values(keyword)].find((value) => value.kind === 'tensor');
}

function refusal(
  { name, parameters }: Endpoint,
  concreteFunction: ConcreteFunction,
  images: ImagesSpec,
): Refused {
  const takes = parameters.map((parameter) => parameter.name).join(', ');
  const spec = imagesSpec(concreteFunction);
  const fits =
    spec === undefined || (spec.dtype === images.dtype && compatibleShapes(spec.shape, images.shape));
  const why = fits
    ? ''
    : ` It takes images ${pythonText(spec)}, but these are ${argumentText(imagesValue(images))}.`;
  return {
    kind: 'refused',
    message: `${name} cannot be called this way: it takes ${takes || 'no tensors'}.${why}`,
  };
}
