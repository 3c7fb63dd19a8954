import type { PythonValue } from './saved-model.js';
import { shapeText } from './shape.js';

/** A value as Python would print it, briefly: `False`, `0.2`, `'a'`, `float32 [?, 224, 224, 3]`, `{'logits': …}`. */
export function pythonText(value: PythonValue): string {
  switch (value.kind) {
    case 'none':
      return 'None';
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'int':
      return String(value.value);
    case 'float':
      return floatText(value.value);
    case 'string':
      return `'${value.value}'`;
    case 'dtype':
      return value.value;
    case 'shape':
      return shapeText(value.value);
    case 'tensor':
      return `${value.dtype} ${shapeText(value.shape)}`;
    case 'list':
      return `[${value.items.map(pythonText).join(', ')}]`;
    case 'tuple':
      return `(${value.items.map(pythonText).join(', ')})`;
    case 'dict':
      return `{${fields(value.entries, (key) => `'${key}': `)}}`;
    case 'named-tuple':
      return `${value.name}(${fields(value.entries, (key) => `${key}=`)})`;
    case 'tensor-value':
      return 'a tensor';
    case 'type-spec':
      return value.name === '' ? 'a value of unknown type' : value.name;
  }
}

function fields(entries: Readonly<Record<string, PythonValue>>, label: (key: string) => string): string {
  return Object.entries(entries)
    .map(([key, value]) => `${label(key)}${pythonText(value)}`)
    .join(', ');
}

/** Python shows that a float is one: 1.0. */
function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  return Number.isInteger(value) && Math.abs(value) < 1e16 ? value.toFixed(1) : String(value);
}
