/** Whether an output is called the scores before an activation. */
export function isScores(name: string): boolean {
  return /logit|scores$/i.test(name);
}
