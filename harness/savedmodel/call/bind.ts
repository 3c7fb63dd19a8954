import { pythonText } from '../python-text.js';
import type { Endpoint, Parameter, PythonValue } from '../saved-model.js';
import type { ArgumentValue, Bound, CallArguments, ImagesSpec, Refused } from './argument-value.js';
import { argumentText, argumentValue, imagesValue } from './argument-value.js';
import { castTo } from './cast.js';

/**
 * Binds the call `endpoint(images, **args)` to the function's parameters, fills in defaults, and converts to the
 * input signature where there is one. Refused where Python raises TypeError.
 */
export function bindCall(endpoint: Endpoint, images: ImagesSpec, args: CallArguments): Bound | Refused {
  const named = new Map(Object.entries(args).map(([name, value]) => [sanitized(name), argumentValue(value)]));
  const slots = slotsOf(endpoint);
  const problem = misfit(endpoint, slots, named);
  if (problem !== undefined) return { kind: 'refused', message: problem };
  const values = slots.map((slot, at) => {
    const argument = at === 0 ? imagesValue(images) : (named.get(slot.name) ?? slot.default ?? none);
    return { slot, argument, value: castTo(slot.constraint, argument) };
  });
  const misfitting = values.find(({ value }) => value === undefined);
  if (misfitting !== undefined) return cannotCast(endpoint, misfitting.slot, misfitting.argument);
  return bound(values, named);
}

/** Binds the call `endpoint()`: every parameter has its default. Refused where Python raises TypeError. */
export function bindEmptyCall(endpoint: Endpoint): Bound | Refused {
  const slots = slotsOf({ ...endpoint, anyPositional: false });
  const missing = slots.find((slot) => slot.default === undefined);
  if (missing !== undefined) return { kind: 'refused', message: missingArgument(endpoint, missing) };
  const values = slots.map((slot) => {
    const argument = slot.default ?? none;
    return { slot, argument, value: castTo(slot.constraint, argument) };
  });
  const misfitting = values.find(({ value }) => value === undefined);
  if (misfitting !== undefined) return cannotCast(endpoint, misfitting.slot, misfitting.argument);
  return bound(values, new Map());
}

function missingArgument({ name }: Endpoint, missing: Parameter): string {
  return `${name} is missing a required argument: '${missing.name}' has no default.`;
}

/** A place for an argument, with what the argument is converted to. The first is the place of the images. */
type Slot = Parameter & { readonly constraint?: PythonValue };
type Named = ReadonlyMap<string, PythonValue>;

const none: PythonValue = { kind: 'none' };

/** The parameters; beyond the input signature they are held to their defaults. `*args` takes the images when alone. */
function slotsOf({ parameters, anyPositional, inputSignature }: Endpoint): readonly Slot[] {
  const images: Parameter = { name: 'args_0', keywordOnly: false };
  const inArgs = anyPositional && parameters[0]?.keywordOnly !== false;
  return [...(inArgs ? [images] : []), ...parameters].map((parameter, at) => {
    const constraint = inputSignature && (inputSignature[at] ?? parameter.default);
    return { ...parameter, name: sanitized(parameter.name), ...(constraint && { constraint }) };
  });
}

/** The error of Python's own binding, if any. */
function misfit(endpoint: Endpoint, slots: readonly Slot[], named: Named): string | undefined {
  const { name, anyKeyword, inputSignature } = endpoint;
  const [images, ...others] = slots;
  if (images === undefined || images.keywordOnly)
    return `${name} takes no positional argument, so it cannot take images.`;
  if (named.has(images.name))
    return `${name} got two values for '${images.name}', the images and an argument.`;
  const names = new Set(others.map((slot) => slot.name));
  const unknown = [...named.keys()].find((key) => !names.has(key));
  const takesAny = anyKeyword && inputSignature === undefined;
  if (unknown !== undefined && !takesAny)
    return `${name} got an unexpected keyword argument '${unknown}'; ${takes(others)}.`;
  const missing = others.find((slot) => slot.default === undefined && !named.has(slot.name));
  if (missing !== undefined) return missingArgument(endpoint, missing);
  const surplus = (inputSignature?.length ?? 0) - slots.length;
  return surplus > 0 ? `${name} is missing ${surplus} of the arguments of its input signature.` : undefined;
}

function takes(others: readonly Slot[]): string {
  if (others.length === 0) return 'it takes only images';
  const texts = others.map((slot) => (slot.default ? `${slot.name}=${pythonText(slot.default)}` : slot.name));
  return `besides images it takes ${texts.join(', ')}`;
}

type Value = { readonly slot: Slot; readonly value: ArgumentValue | undefined };

function bound(values: readonly Value[], named: Named): Bound {
  const taken = new Set(values.map(({ slot }) => slot.name));
  const positional = values.filter(({ slot }) => !slot.keywordOnly).map(({ value }) => value ?? none);
  const keyword = values
    .filter(({ slot }) => slot.keywordOnly)
    .map(({ slot, value }): readonly [string, ArgumentValue] => [slot.name, value ?? none]);
  const surplus = [...named].filter(([name]) => !taken.has(name));
  return { kind: 'bound', positional, keyword: Object.fromEntries([...keyword, ...surplus]) };
}

function cannotCast({ name }: Endpoint, slot: Slot, argument: ArgumentValue): Refused {
  const wanted = slot.constraint ? pythonText(slot.constraint) : 'none';
  const message = `${name} cannot take ${argumentText(argument)} for '${slot.name}': its input signature has ${wanted}.`;
  return { kind: 'refused', message };
}

/** TensorFlow's rewriting of names into Python identifiers. */
function sanitized(name: string): string {
  const swapped = name.replace(/[^\p{L}\p{N}]/gu, '_');
  return /^\p{L}/u.test(swapped) ? swapped : `arg_${swapped}`;
}
