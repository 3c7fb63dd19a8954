/** The operation's name in the model, without its place in the flat graph. */
export function originalName(name: string): string {
  return name.replace(/^assay\/flat\/(call|loss\/\d+)\//, '');
}
