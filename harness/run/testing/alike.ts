/**
 * The part of `actual` to compare: the keys that `wanted` has, at any depth, and the pattern itself for a text that
 * matches it. It equals `wanted` exactly when everything expected is there, so that a diff shows nothing else.
 */
export function alike(actual: unknown, wanted: unknown): unknown {
  if (wanted instanceof RegExp) return typeof actual === 'string' && wanted.test(actual) ? wanted : actual;
  if (Array.isArray(wanted) && Array.isArray(actual))
    return actual.map((each, at) => alike(each, wanted[at]));
  if (!isObject(wanted) || !isObject(actual)) return actual;
  const named = Object.entries(wanted).filter(([key]) => key in actual);
  return Object.fromEntries(named.map(([key, value]) => [key, alike(actual[key], value)]));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
