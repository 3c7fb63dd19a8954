/**
 * What TensorFlow says of a function that it refuses to import, without its thoughts on the age of the graph. An operation
 * that it lacks is named.
 */
export function importMessage(message: string): string {
  const missing = /Op type not registered '([^']+)'/.exec(message)?.[1];
  if (missing !== undefined) return `this TensorFlow has no operation ${missing}`;
  return message
    .replace(/^Converting GraphDef to Graph has failed with an error: '/, '')
    .replace(/' The binary trying to import the GraphDef was built when .*$/s, '');
}
