const milliseconds: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };
const powers: Readonly<Record<string, number>> = { '': 0, K: 1, M: 2, G: 3, T: 4 };

/** `500ms`, `60s`, `1.5m`, `2h` → milliseconds; NaN for anything else. */
export function millisecondsOf(duration: string): number {
  const [, amount, unit = ''] = /^(\d+(?:\.\d+)?)([a-z]+)$/.exec(duration) ?? [];
  return Math.round(Number(amount) * (milliseconds[unit] ?? Number.NaN));
}

/** `4GiB` (2³⁰) or `512MB` (10⁶) → bytes; NaN for anything else. */
export function bytesOf(size: string): number {
  const [, amount, prefix = '', binary] = /^(\d+(?:\.\d+)?)([KMGT]?)(i?)B$/.exec(size) ?? [];
  const base = binary === 'i' ? 1024 : 1000;
  return Math.round(Number(amount) * base ** (powers[prefix] ?? Number.NaN));
}
