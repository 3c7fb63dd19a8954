/** Keyword arguments as Python writes them: "training=True, dropout_rate=0.5". */
export function argumentsInWords(keywords: Readonly<Record<string, number | boolean>>): string {
  return Object.entries(keywords)
    .map(([name, value]) => `${name}=${typeof value === 'boolean' ? pythonBoolean(value) : value}`)
    .join(', ');
}

function pythonBoolean(value: boolean): string {
  return value ? 'True' : 'False';
}
