import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { allChecks } from '../../api/plan.js';
import { version } from '../../api/version.js';
import { readSpec } from '../../harness/contract/parsing/parse.js';
import { digestOfSpecFiles, specFilesOf } from '../../harness/run/spec-digest.js';
import { modelDigestOf } from '../../harness/savedmodel/digest.js';
import type { CheckResult, ModelRun, Run } from '../../harness/verdict/run.js';
import type { Statement } from '../../harness/verdict/statement/statement.js';
import { verdictOf } from '../../harness/verdict/verdict.js';
import { variedRun } from '../../reports/fixtures/varied-run.js';
import { json } from '../../reports/json.js';
import { type AttestFlags, attest } from './attest.js';

/** A folder with a model, its spec, and a run of it that was never made. */
export class Attestable {
  readonly folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'assay-attest-')));
  readonly model = this.at('model');
  readonly spec = this.at('spec.yaml');
  readonly run = this.at('reports/run.json');
  /** Where the statement goes if nothing else is asked for. */
  readonly statement = this.at('spec.statement.json');

  constructor() {
    mkdirSync(this.at('model/variables'), { recursive: true });
    mkdirSync(this.at('reports'));
    writeFileSync(this.at('model/saved_model.pb'), 'graph');
    writeFileSync(this.at('model/variables/variables.index'), 'index');
    writeFileSync(this.at('labels.txt'), 'cat\ndog\n');
    writeFileSync(this.spec, specText);
  }

  at(name: string): string {
    return path.join(this.folder, name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** Stores a run in which every check passed, but for these. */
  async store(
    changed: Readonly<Record<string, Partial<CheckResult>>> = {},
    how: Partial<Run> = {},
    where: Partial<ModelRun> = {},
  ): Promise<void> {
    const checks = (await allChecks()).map(({ id }): CheckResult => ({ ...passed(id), ...changed[id] }));
    const model = { ...(await this.#modelRun()), checks, ...where };
    const verdict = verdictOf(model.checks, how.strict ?? false);
    const run = { ...variedRun(), base: '..', tool, ...how, verdict, models: [{ ...model, verdict }] };
    writeFileSync(this.run, json(run));
  }

  async #modelRun(): Promise<ModelRun> {
    const parsed = await readSpec(this.spec, { checkFiles: true });
    if (parsed.kind === 'problems') throw new Error('the spec has mistakes');
    return {
      ...(variedRun().models[0] as ModelRun),
      name: 'spec',
      spec: 'spec.yaml',
      model: 'model',
      digest: await modelDigestOf(this.model),
      specDigest: digestOfSpecFiles(await specFilesOf(parsed.contract)),
    };
  }

  async attest(options: AttestFlags = {}) {
    const [stdout, stderr] = [new PassThrough(), new PassThrough()];
    const code = await attest(this.run, options, { stdout, stderr });
    return { code, out: String(stdout.read() ?? ''), err: String(stderr.read() ?? '') };
  }

  read(file = this.statement): Statement {
    return JSON.parse(readFileSync(file, 'utf8'));
  }

  /** A copy of the model. */
  copy(name: string): string {
    cpSync(this.model, this.at(name), { recursive: true });
    return this.at(name);
  }
}

const tool = { name: 'model-assay', version: version(), digest: `sha256:${'d1'.repeat(32)}` } as const;

const specText = `model: model
api: image-classification
image_size: 32 # confirm: the model allows any
num_classes: 2
classes: labels.txt
`;

function passed(id: string): CheckResult {
  return { id, level: 'must', status: 'pass', demands: 'd', summary: 's', cases: 1, calls: 1, durationMs: 1 };
}
