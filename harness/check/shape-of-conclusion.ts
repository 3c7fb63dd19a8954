import { isRecord } from '../verdict/is-record.js';

/** Why what a check returned is no conclusion, as a sentence; undefined where it is one. Checks may be untyped JavaScript. */
export function faultInConclusion(value: unknown): string | undefined {
  if (!isRecord(value)) return 'It must return an object.';
  return unwritable(value) ?? faultInStatus(value);
}

/** What JSON cannot hold, as circles and big integers, no report could. Outputs are large, and in none. */
function unwritable({ outputs: _outputs, ...value }: Readonly<Record<string, unknown>>): string | undefined {
  try {
    JSON.stringify(value);
    return undefined;
  } catch (error) {
    return `It must return what JSON can hold: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

function faultInStatus(value: Readonly<Record<string, unknown>>): string | undefined {
  switch (value.status) {
    case 'pass':
      return texts(value, 'summary');
    case 'error':
    case 'skip':
      return texts(value, 'reason');
    case 'fail':
      if (!isRecord(value.finding)) return '`finding` must be an object.';
      return texts(value.finding, 'where', 'expected', 'actual');
    default:
      return "`status` must be 'pass', 'fail', 'error' or 'skip'.";
  }
}

function texts(record: Readonly<Record<string, unknown>>, ...keys: readonly string[]): string | undefined {
  const missing = keys.find((key) => typeof record[key] !== 'string');
  return missing && `\`${missing}\` must be a text.`;
}
