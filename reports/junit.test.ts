import { readFileSync } from 'node:fs';
import { XMLParser } from 'fast-xml-parser';
import { parse } from 'junit2json';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import { describe, expect, test } from 'vitest';
import type { Run } from '../harness/verdict/run.js';
import {
  everyCharacter,
  largeRun,
  runOfLongTexts,
  runOfNamesakes,
  runOfText,
  stoppedRun,
} from './fixtures/extreme-runs.js';
import { conformingRun, variedRun } from './fixtures/varied-run.js';
import { junit } from './junit.js';

const xsd = readFileSync(new URL('../../reports/junit/junit.xsd', import.meta.url));
const validator = XsdValidator.fromDoc(XmlDocument.fromBuffer(xsd));

const runs: Readonly<Record<string, Run>> = {
  varied: variedRun(),
  conforming: conformingRun(),
  strict: { ...variedRun(), strict: true },
  interrupted: { ...conformingRun(), interrupted: true, verdict: 'unknown' },
  'stopped at once': stoppedRun(2),
  empty: { ...conformingRun(), models: [], verdict: 'unknown' },
  'of every character': runOfText(everyCharacter),
  'of a megabyte': runOfLongTexts(),
};

describe.each(Object.entries(runs))('junit.xml of a run, %s', (_name, run) => {
  const xml = junit(run);

  test('fits the schema', () => {
    using document = XmlDocument.fromString(xml);
    expect(() => validator.validate(document)).not.toThrow();
  });

  test('has counts that add up', () => {
    const root = read(xml).testsuites;
    const suites = root.testsuite;
    for (const count of ['tests', 'failures', 'errors']) {
      expect(root[count]).toBe(suites.reduce((sum: number, suite: Suite) => sum + Number(suite[count]), 0));
    }
    for (const suite of suites) expect(countsOf(suite)).toEqual(countedIn(suite));
  });

  test('reads the same to another reader', { timeout: 20_000 }, async () => {
    const other = await parse(xml);
    const mine = read(xml).testsuites.testsuite;
    if (!other || !('testsuite' in other)) throw new Error('no test suites');
    expect(other.testsuite?.map((suite) => suite.name)).toEqual(mine.map((suite: Suite) => suite.name));
    expect(other.testsuite?.flatMap((suite) => suite.testcase ?? []).map(kindOf)).toEqual(
      mine.flatMap((suite: Suite) => suite.testcase).map(kindOf),
    );
  });
});

describe('junit.xml', () => {
  test('gives a model that was not run one error', () => {
    const [suite] = read(junit(stoppedRun(3))).testsuites.testsuite;
    expect(suite.testcase.map((item: Case) => [item.name, kindOf(item)])).toEqual([['run/checks', 'error']]);
  });

  test('gives a failed MUST a failure, a failed SHOULD a warning', () => {
    const [, suite] = read(junit(variedRun())).testsuites.testsuite;
    const kinds = suite.testcase.map((item: Case) => [item.name, kindOf(item)]);
    expect(kinds).toContainEqual(['input/every-size', 'failure']);
    expect(kinds).toContainEqual(['hyperparameters/documented', 'system-out']);
    expect(suite.properties.property).toContainEqual({
      name: 'warning',
      value: 'hyperparameters/documented',
    });
  });

  test('gives a failed SHOULD a failure when the run is strict', () => {
    const [, suite] = read(junit({ ...variedRun(), strict: true })).testsuites.testsuite;
    expect(suite.failures).toBe(4);
  });

  test('gives a waived check its reason', () => {
    const [, suite] = read(junit(variedRun())).testsuites.testsuite;
    const waived = suite.testcase.find((item: Case) => item.name === 'variables/losses');
    expect(waived.skipped.message).toBe('waived: kept for old callers, tracked in #12');
  });

  test('calls an unreadable spec, an interruption and an empty run errors', () => {
    expect(read(junit(variedRun())).testsuites.testsuite[4].testcase[0].error.message).toContain(
      'num_clases',
    );
    expect(read(junit(runs.interrupted ?? variedRun())).testsuites.errors).toBe(1);
    expect(read(junit(runs.empty ?? variedRun())).testsuites.errors).toBe(1);
  });

  test('distinguishes models of the same name', () => {
    const suites = read(junit(runOfNamesakes())).testsuites.testsuite;
    expect(suites.map(({ name }: Suite) => name)).toEqual(['twin (a/twin.yaml)', 'twin (b/twin.yaml)']);
  });

  test('keeps hostile text as text', () => {
    const text = 'a\u0001b ]]> <b> &amp; "q" \ud800 🦊';
    const [suite] = read(junit(runOfText(text))).testsuites.testsuite;
    expect(suite.name).toBe('a\\u0001b ]]> <b> &amp; "q" \\ud800 🦊');
  });

  test('writes hundreds of models', () => {
    expect(junit(largeRun(300, 50)).length).toBeGreaterThan(1_000_000);
  });
});

type Case = Readonly<Record<string, unknown>>;
type Suite = Readonly<Record<string, unknown>> & { readonly testcase: readonly Case[] };

function read(xml: string) {
  const lists = ['testsuite', 'testcase', 'property'];
  const options = {
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: true,
    trimValues: false,
  };
  return new XMLParser({ ...options, isArray: (name) => lists.includes(name) }).parse(xml);
}

function countsOf({ tests, failures, errors, skipped }: Suite) {
  return { tests, failures, errors, skipped };
}

function countedIn({ testcase }: Suite) {
  const of = (kind: string) => testcase.filter((item) => kindOf(item) === kind).length;
  return { tests: testcase.length, failures: of('failure'), errors: of('error'), skipped: of('skipped') };
}

function kindOf(item: object): string {
  return ['failure', 'error', 'skipped', 'system-out'].find((kind) => kind in item) ?? 'passed';
}
