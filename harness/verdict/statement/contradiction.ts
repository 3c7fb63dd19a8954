import { resultOf, standingsIn } from './standing.js';
import { type Assay, npmAddress, type Statement, tensorflowAddress } from './statement.js';

/** A statement's fault that its form does not show, in a few words: it says two things, as none does that assay wrote. */
export function contradictionInStatement({ predicate }: Statement): string | undefined {
  const { model_assay: assay } = predicate;
  const warned = new Set(predicate.warnedTests);
  const twice = repeated(standingsIn(predicate).map(([test]) => test));
  if (twice !== undefined) return `${twice} is stated twice`;
  const astray = assay.waivers.find(({ test }) => !warned.has(test));
  if (astray !== undefined) return `${astray.test} has a waiver and is not in warnedTests`;
  if (
    assay.undecided.length > 0 &&
    !assay.reservations.includes('undecided') &&
    !predicate.failedTests.length
  )
    return 'it has undecided tests, and no reservation that says so';
  if (assay.selection !== undefined && !assay.reservations.includes('filtered'))
    return 'its tests were chosen, and no reservation says so';
  const unwaived = predicate.warnedTests.find((id) => !assay.waivers.some(({ test }) => test === id));
  if (assay.strict && unwaived !== undefined) return `it is strict, and ${unwaived} is in warnedTests`;
  const otherVersion = versionsOf(assay).find(({ name, uri }) =>
    predicate.configuration.some((one) => one.name === name && (one.uri ?? uri) !== uri),
  );
  if (otherVersion !== undefined)
    return `its environment says ${otherVersion.uri}, its configuration something else of ${otherVersion.name}`;
  const follows = resultOf(predicate);
  return follows === predicate.result ? undefined : `result is ${predicate.result}, its tests say ${follows}`;
}

/** How the configuration names the programs of an environment. */
function versionsOf({ environment: { assay, tensorflow } }: Assay): { name: string; uri: string }[] {
  return [
    { name: 'model-assay', uri: npmAddress('model-assay', assay) },
    { name: 'tensorflow', uri: tensorflowAddress(tensorflow) },
  ];
}

function repeated(tests: readonly string[]): string | undefined {
  const seen = new Set<string>();
  return tests.find((test) => seen.has(test) || !seen.add(test));
}

/** Checks that a statement says nothing of, though the assay that it names has them. */
export function unmentioned(statement: Statement, checks: readonly string[]): readonly string[] {
  const stated = new Set(standingsIn(statement.predicate).map(([test]) => test));
  return checks.filter((id) => !stated.has(id));
}
