/**
 * What TensorFlow says of a call that failed, without what is no part of the model: tfjs-node's introduction, the name of
 * the function that every line repeats, and nodes that assay added. The node at fault is named in words.
 */
export function plainMessage(message: string): string {
  return message
    .replace(/^(Session fail to run with error|Failed to load SavedModel): /, '')
    .replace(/\{\{function_node [^\s{}]+\}\} ?/g, '')
    .replace(/\s{0,4}\[\[(?:\{\{node )?assay\/[^\][]*\]\]/g, '')
    .replace(/\s{0,4}\[\[\{\{node ([^\][}]+)\}\}\]\]/g, ' (at $1)')
    .trim();
}
