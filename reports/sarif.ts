import { uniqueNameOf } from '../harness/verdict/model-name.js';
import type { CheckResult, ModelRun, Rule, Run } from '../harness/verdict/run.js';
import { isEmptyPart } from '../harness/verdict/verdict.js';
import { jsonText } from './json/text.js';
import { partInWords } from './wording/headline.js';
import { fails, isFault, outcomeOf } from './wording/outcome.js';
import { visible, visibleLines } from './wording/visible.js';
import { caseInWords } from './wording/words.js';

/**
 * `report.sarif`, SARIF 2.1.0: a result for each failed or waived check at its place in the spec; what could not be found
 * out is a notification of the tool, and the execution then not successful.
 */
export function sarif(run: Run): string {
  const notifications = run.models.flatMap((model) => notificationsOf(model, run.strict));
  const part = partInWords(run);
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        // Without it, a service takes the parts of a run for runs that replace each other.
        ...(part === undefined
          ? {}
          : { automationDetails: { id: `model-assay/${part.replaceAll(/[ ,]+/g, '-')}/` } }),
        tool: { driver: { name: run.tool.name, version: run.tool.version, rules: rulesOf(run) } },
        invocations: [
          {
            executionSuccessful:
              notifications.length === 0 && !run.interrupted && (run.models.length > 0 || isEmptyPart(run)),
            startTimeUtc: run.startedAt,
            toolExecutionNotifications: notifications,
          },
        ],
        results: run.models.flatMap((model) => resultsOf(model, run)),
        properties: {
          verdict: run.verdict,
          ...(part === undefined ? {} : { part }),
          seed: run.seed,
          environment: run.environment,
          ...(run.rejudged ? { rejudged: run.rejudged } : {}),
        },
      },
    ],
  };
  return `${jsonText(log, keyOrder)}\n`;
}

const keyOrder = [
  '$schema',
  'version',
  'ruleId',
  'id',
  'level',
  'message',
  'text',
  'tool',
  'invocations',
  'results',
];

function rulesOf(run: Run) {
  const checks = new Map(
    run.models.flatMap((model) => model.checks.map((check) => [check.id, check] as const)),
  );
  const words = new Map(run.rules?.map((rule) => [rule.id, rule]));
  const sorted = [...checks.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
  return sorted.map(({ id, level, demands }) => ({
    id: visible(id),
    shortDescription: { text: visibleLines(demands) },
    ...describedBy(words.get(id)),
    defaultConfiguration: { level: level === 'must' ? 'error' : 'warning' },
  }));
}

function describedBy(rule: Rule | undefined) {
  if (!rule) return {};
  return { fullDescription: { text: visibleLines(rule.matters) }, help: { text: visibleLines(rule.mend) } };
}

function resultsOf(model: ModelRun, { strict, models }: Run) {
  const address = uniqueNameOf(model, models);
  return model.checks.flatMap((check) => {
    const outcome = outcomeOf(check, strict);
    if (!isFault(outcome) && outcome !== 'waived') return [];
    return [
      {
        ruleId: visible(check.id),
        level: fails(outcome) ? 'error' : 'warning',
        message: { text: messageOf(model, check) },
        locations: [locationOf(model, check.specLine)],
        partialFingerprints: { 'modelAndCheck/v1': visible(`${address}/${check.id}`) },
        ...(outcome === 'waived' ? { suppressions: [suppressionOf(check)] } : {}),
      },
    ];
  });
}

function suppressionOf(check: CheckResult) {
  return { kind: 'external', status: 'accepted', justification: visibleLines(check.reason ?? '') };
}

function notificationsOf(model: ModelRun, strict: boolean) {
  const unsure = model.checks.filter((check) => outcomeOf(check, strict) === 'error');
  const texts = unsure.map(({ id, reason, summary, specLine }) => ({
    text: `${id}: ${reason ?? summary}`,
    line: specLine,
  }));
  const problem = model.problem === undefined ? [] : [{ text: model.problem, line: model.problemLine }];
  return [...problem, ...texts].map(({ text, line }) => ({
    level: 'error',
    message: { text: visibleLines(`${model.name}: ${text}`) },
    locations: [locationOf(model, line)],
  }));
}

function messageOf(model: ModelRun, check: CheckResult): string {
  const { finding } = check;
  const found = finding
    ? [`${finding.where}: expected ${finding.expected}, actual ${finding.actual}`]
    : [check.summary];
  const shownBy = finding ? caseInWords(finding) : '';
  const more = [shownBy && `Shown by ${shownBy}.`, finding?.remedy, finding?.replay].filter((text) => text);
  return visibleLines([`${model.name}: ${check.demands}`, ...found, ...more].join('\n'));
}

/** A line of the model's spec. */
function locationOf(model: ModelRun, line = 1) {
  const region = { startLine: line };
  return { physicalLocation: { artifactLocation: { uri: uriOf(model.spec) }, region } };
}

function uriOf(path: string): string {
  const segments = visible(path).replaceAll('\\', '/').split('/').map(encodeURIComponent);
  return path.startsWith('/') ? `file://${segments.join('/')}` : segments.join('/');
}
