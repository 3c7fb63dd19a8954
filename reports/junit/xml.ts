import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import { visible, visibleLines } from '../wording/visible.js';
import type { TestCase } from './case.js';

export type TestSuite = {
  readonly name: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly properties: readonly (readonly [name: string, value: string])[];
  readonly cases: readonly TestCase[];
};

/** The file as text. Counts are taken from the cases, so they add up; what XML forbids is written out. */
export function suitesXml(name: string, suites: readonly TestSuite[], durationMs: number): string {
  const all = suites.flatMap((suite) => suite.cases);
  const { skipped: _, ...totals } = counts(all);
  const root = create({ version: '1.0', encoding: 'UTF-8' });
  const element = root.ele('testsuites', { name, ...totals, time: seconds(durationMs) });
  for (const suite of suites) addSuite(element, suite);
  return `${root.end({ prettyPrint: true })}\n`;
}

function addSuite(root: XMLBuilder, suite: TestSuite): void {
  const element = root.ele('testsuite', {
    name: plain(suite.name),
    ...counts(suite.cases),
    time: seconds(suite.durationMs),
    timestamp: suite.startedAt,
  });
  const properties = suite.properties.length > 0 ? element.ele('properties') : undefined;
  for (const [name, value] of suite.properties)
    properties?.ele('property', { name: plain(name), value: plain(value) });
  for (const testCase of suite.cases) addCase(element, testCase);
}

function addCase(suite: XMLBuilder, { className, name, durationMs, result }: TestCase): void {
  const element = suite.ele('testcase', {
    name: plain(name),
    classname: plain(className),
    time: seconds(durationMs),
  });
  switch (result.kind) {
    case 'passed':
      return;
    case 'failure':
    case 'error':
      element
        .ele(result.kind, { message: plain(result.message), type: result.type })
        .txt(plainLines(result.text));
      return;
    case 'skipped':
      element.ele('skipped', { message: plain(result.message) });
      return;
    case 'warning':
      element.ele('system-out').txt(plainLines(result.text));
  }
}

function counts(cases: readonly TestCase[]) {
  const of = (kind: string) => cases.filter(({ result }) => result.kind === kind).length;
  return { tests: cases.length, failures: of('failure'), errors: of('error'), skipped: of('skipped') };
}

/** Seconds with a point and three decimals, in every locale. */
function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

function plain(text: string): string {
  return visible(text).replaceAll('&', '&amp;');
}

/** xmlbuilder2 takes an ampersand that looks like an entity for one and leaves it; so none is left to it. */
function plainLines(text: string): string {
  return visibleLines(text).replaceAll('&', '&amp;');
}
