/** Packages that bring operations of their own, by how their names begin. */
const packages: readonly (readonly [RegExp, string])[] = [
  [/^Addons>/, 'tensorflow-addons'],
  [/^IO>/, 'tensorflow-io'],
  [/^TFRA>/, 'tensorflow-recommenders-addons'],
  [
    /^TFText>|^(CaseFoldUTF8|ConstrainedSequence|NormalizeUTF8|RegexSplit|RougeL|Sentence|Sentencepiece|SplitMergeTokenize|TokenizerFromLogits|UnicodeScriptTokenize|WhitespaceTokenize|Wordpiece)/,
    'tensorflow-text',
  ],
  [/^SimpleML/, 'tensorflow-decision-forests'],
  [/^Horovod/, 'horovod'],
];

/** A sentence, without its end, about an operation that TensorFlow does not have; it names the package that has it, if known. */
export function missingOperationText(op: string): string {
  const [, found] = packages.find(([names]) => names.test(op)) ?? [];
  const space = /^(\w+)>/.exec(op)?.[1];
  const from = found ?? (space && `a package that calls its operations ${space}`);
  return `TensorFlow has no operation ${op}${from ? `, which comes from ${from}` : ''}; the model cannot run here`;
}
