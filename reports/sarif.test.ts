import { describe, expect, test } from 'vitest';
import { everyCharacter, runOfNamesakes, runOfText, stoppedRun } from './fixtures/extreme-runs.js';
import { conformingRun, variedRun } from './fixtures/varied-run.js';
import { sarif } from './sarif.js';

describe('report.sarif', () => {
  const [log] = JSON.parse(sarif(variedRun())).runs;

  test('has a result for each failed or waived check, with its rule', () => {
    const ids = log.results.map((result: { ruleId: string }) => result.ruleId);
    expect(ids).toHaveLength(7);
    const rules = log.tool.driver.rules.map((rule: { id: string }) => rule.id);
    for (const id of ids) expect(rules).toContain(id);
  });

  test('points at the line of the spec that makes the promise', () => {
    const [{ physicalLocation }] = log.results[0].locations;
    expect(physicalLocation).toEqual({
      artifactLocation: { uri: 'specs/tiny-features-truncated.yaml' },
      region: { startLine: 6 },
    });
  });

  test('calls a waiver a suppression', () => {
    const suppressed = log.results.filter((result: { suppressions?: unknown }) => result.suppressions);
    expect(suppressed.map((result: { ruleId: string }) => result.ruleId)).toEqual([
      'variables/losses',
      'layout/channels-last',
    ]);
  });

  test('was not successful when a check was inconclusive', () => {
    expect(log.invocations[0].executionSuccessful).toBe(false);
    expect(log.invocations[0].toolExecutionNotifications).toHaveLength(3);
    expect(JSON.parse(sarif(conformingRun())).runs[0].invocations[0].executionSuccessful).toBe(true);
  });

  test('distinguishes models of the same name', () => {
    const { results } = JSON.parse(sarif(runOfNamesakes())).runs[0];
    const prints = results.map(
      (one: { partialFingerprints: object }) => Object.values(one.partialFingerprints)[0],
    );
    expect(prints).toContain('a/twin.yaml/output/shape');
    expect(new Set(prints).size).toBe(4);
    expect(log.results[0].partialFingerprints['modelAndCheck/v1']).toMatch(/^tiny-features-truncated\//);
  });

  test('has one notification for a model that was not run', () => {
    const [{ invocations }] = JSON.parse(sarif(stoppedRun(3))).runs;
    expect(invocations[0].toolExecutionNotifications).toHaveLength(3);
    expect(invocations[0].executionSuccessful).toBe(false);
  });

  test('keeps addresses valid whatever the spec is called', () => {
    const { runs } = JSON.parse(sarif(runOfText(everyCharacter)));
    const [{ physicalLocation }] = runs[0].results[0].locations;
    expect(physicalLocation.artifactLocation.uri).toMatch(/^[\w%./~!*'()-]+$/);
  });
});
