import path from 'node:path';
import type { ReadSpec } from '../../harness/run/read-specs.js';
import type { CheckResult, ModelRun } from '../../harness/verdict/run.js';
import { failsRun } from '../../harness/verdict/verdict.js';
import {
  type ModelOnVersions,
  type OnVersion,
  type OutputsCompared,
  writtenWith,
} from '../../harness/verdict/versions.js';
import { versionsHeadline } from '../../harness/verdict/versions-headline.js';
import { modelIn } from './outputs-of.js';
import type { RanOn } from './run-on.js';
import type { Writer } from './written-with.js';

export type Surroundings = {
  readonly writer: Writer | undefined;
  /** Whether the version that wrote the model was requested. */
  readonly byWriter: boolean;
  readonly outputs: readonly OutputsCompared[];
  readonly strict: boolean;
};

/** Puts together what the runs say of the model of one spec. */
export function modelOnVersions(
  spec: ReadSpec,
  ran: readonly RanOn[],
  { writer, byWriter, outputs, strict }: Surroundings,
): ModelOnVersions {
  const { file, parsed } = spec;
  const on = ran.filter(({ specs }) => specs.includes(spec));
  const models = on.map((one) => modelIn(one, file));
  const digests = new Set(models.flatMap((model) => model?.digest || []));
  const results = [
    ...on.map((one, at) =>
      digests.size > 1 ? unknownOn(one.version, changed) : onVersion(one, models[at], strict),
    ),
    ...(byWriter && writer && 'unknown' in writer ? [unknownOn(writtenWith, writer.unknown)] : []),
  ];
  const [shown] = models.flatMap((model) => model ?? []);
  return {
    name: parsed.kind === 'contract' ? parsed.contract.name : (shown?.name ?? path.parse(file).name),
    spec: shown?.spec ?? path.relative(process.cwd(), file),
    model: shown?.model ?? '',
    ...(writer?.recorded === undefined ? {} : { writtenWith: writer.recorded }),
    headline: versionsHeadline(results),
    results,
    outputs,
  };
}

const changed =
  'The files of the model changed from one version to the next. Check it again once nothing writes to them.';

function onVersion({ version, unavailable }: RanOn, model: ModelRun | undefined, strict: boolean): OnVersion {
  if (model === undefined) return unknownOn(version, unavailable ?? 'It was not run.');
  const { verdict, checks, problem } = model;
  if (verdict === 'conforms') return { version, verdict };
  const telling = checks.find((check) =>
    verdict === 'unknown' ? check.status === 'error' : failsRun(check, strict),
  );
  if (telling === undefined)
    return { version, verdict, because: { says: problem ?? 'No check reached a verdict.' } };
  return { version, verdict, because: { check: telling.id, says: saidBy(telling) } };
}

function saidBy({ finding, reason, warnings, summary }: CheckResult): string {
  return finding ? `${finding.where}: ${finding.actual}` : (reason ?? warnings?.[0] ?? summary);
}

function unknownOn(version: string, says: string): OnVersion {
  return { version, verdict: 'unknown', because: { says } };
}
