import { expect, test } from 'vitest';
import type { CheckResult, ModelRun, Run } from '../harness/verdict/run.js';
import { hostileName } from './fixtures/hostile-checks.js';
import { variedRun } from './fixtures/varied-run.js';
import { matrixCsv } from './matrix/csv.js';
import { matrixHtml } from './matrix/html.js';
import { matrixMarkdown } from './matrix/markdown.js';
import { matrixOf } from './matrix/matrix.js';

const spent = { cases: 1, calls: 1, durationMs: 1 };
const check = (id: string, status: CheckResult['status'], level: CheckResult['level'] = 'must') =>
  ({ id, status, level, demands: `${id} MUST.`, summary: `${id} says`, ...spent }) as CheckResult;

function run(name: string, ...checks: readonly CheckResult[]): Run {
  const model = {
    name,
    spec: `acme/${name}.yaml`,
    model: '',
    api: '',
    digest: '',
    verdict: 'unknown',
  } as const;
  const models: ModelRun[] = [{ ...model, checks, durationMs: 1, callMs: 1 }];
  return { ...variedRun(), models };
}

test('models of several runs are rows; MUSTs come before SHOULDs; what a run lacks stays empty', () => {
  const first = run('one', check('a/should', 'fail', 'should'), check('a/must', 'pass'));
  const second = run('two', check('b/must', 'error'));
  const matrix = matrixOf([
    { file: '1.json', run: first },
    { file: '2.json', run: second },
  ]);
  expect(matrix.checks.map(({ id }) => id)).toEqual(['a/must', 'b/must', 'a/should']);
  expect(matrix.rows).toMatchObject([
    { name: 'one', folder: 'acme', run: '1.json', outcomes: ['pass', undefined, 'warning'] },
    { name: 'two', folder: 'acme', run: '2.json', outcomes: [undefined, 'error', undefined] },
  ]);
  expect(matrixCsv(matrix)).toBe(
    'model,folder,run,verdict,a/must,b/must,a/should\r\n' +
      'one,acme,1.json,could not decide,passed,,warning\r\n' +
      'two,acme,2.json,could not decide,,could not decide,\r\n',
  );
  expect(matrixMarkdown(matrix)).toContain('| two | could not decide |  | b/must |');
});

test('names cannot act as formulas, fields, tables or markup', () => {
  const named = (name: string) => matrixOf([{ file: 'r', run: run(name, check('a/b', 'pass')) }]);
  expect(matrixCsv(named('=1+2'))).toContain("\n'=1+2,");
  expect(matrixCsv(named('a,"b"'))).toContain('\n"a,""b""",');
  expect(matrixCsv(named('a\nb'))).toContain('\na\\nb,');
  expect(matrixMarkdown(named('a|b'))).toContain('| a\\|b |');
  expect(matrixHtml(named(hostileName))).not.toContain('<script>alert');
});
