import { labelOf } from '../harness/verdict/model-name.js';
import type { ModelRun, Run } from '../harness/verdict/run.js';
import { isEmptyPart } from '../harness/verdict/verdict.js';
import { caseOfCheck, skippedCase, type TestCase, unrunCase } from './junit/case.js';
import { suitesXml, type TestSuite } from './junit/xml.js';
import { headline, partInWords } from './wording/headline.js';
import { outcomeOf } from './wording/outcome.js';
import { rejudgedInFull } from './wording/rejudged.js';

/**
 * `junit.xml`, one test suite per model, valid by the schemas of Jenkins and Surefire (`junit/junit.xsd`).
 * An inconclusive check is an `<error>`, a waiver a `<skipped>` with its reason, a failed SHOULD a `<system-out>`
 * and a property named `warning`, unless the run is strict.
 */
export function junit(run: Run): string {
  const suites = run.models.map((model) => suiteOf(model, run));
  const part = partInWords(run);
  const name = part === undefined ? 'model-assay' : `model-assay (${part})`;
  return suitesXml(name, [...suites, ...runItself(run)], run.durationMs);
}

function suiteOf(model: ModelRun, run: Run): TestSuite {
  const name = labelOf(model, run.models);
  const problem =
    model.problem === undefined
      ? []
      : [unrunCase(name, model.problemLine === undefined ? 'checks' : 'spec', model.problem)];
  const nothing = problem.length === 0 && model.checks.length === 0;
  return {
    name,
    startedAt: run.startedAt,
    durationMs: model.durationMs,
    properties: propertiesOf(model, run),
    cases: [
      ...problem,
      ...model.checks.map((check) => caseOfCheck(name, check, run.strict)),
      ...(nothing ? [unrunCase(name, 'checks', 'No check ran.')] : []),
    ],
  };
}

/** What is to be said of the run itself: it was interrupted, or checked nothing. Some services take a file without a case for an error. */
function runItself(run: Run): TestSuite[] {
  const cases: TestCase[] = [];
  if (run.interrupted) cases.push(unrunCase('model-assay', 'finished', 'The run was interrupted.'));
  if (isEmptyPart(run)) cases.push(skippedCase('model-assay', 'models', headline(run).why));
  else if (run.models.length === 0) cases.push(unrunCase('model-assay', 'models', 'Nothing was checked.'));
  const suite = { name: 'model-assay', startedAt: run.startedAt, durationMs: 0, properties: [], cases };
  return cases.length > 0 ? [suite] : [];
}

function propertiesOf(model: ModelRun, run: Run): [string, string][] {
  const { seed, strict, tool, environment } = run;
  const judged = rejudgedInFull(run);
  const part = partInWords(run);
  const warnings = model.checks.filter((check) => outcomeOf(check, strict) === 'warning');
  return [
    ['verdict', model.verdict],
    ['spec', model.spec],
    ['model', model.model],
    ['api', model.api],
    ['digest', model.digest],
    ['seed', String(seed)],
    ['strict', String(strict)],
    [tool.name, tool.version],
    ['tensorflow', environment.tensorflow],
    ['tfjs-node', environment.tfjsNode],
    ['node', environment.node],
    ['os', environment.os],
    ['started', run.startedAt],
    ...(judged === undefined ? [] : [['judged', judged] as [string, string]]),
    ...(part === undefined ? [] : [['part', part] as [string, string]]),
    ...warnings.map(({ id }): [string, string] => ['warning', id]),
  ];
}
