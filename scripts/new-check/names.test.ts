import { describe, expect, test } from 'vitest';
import { namesFor } from './names.js';
import { isHomeOf, moduleFor, ruleOf, twinOf, withAddition } from './python-text.js';

describe('names', () => {
  test('follow from the id', () => {
    expect(namesFor('output/scaled-rows', undefined, ['shape'])).toEqual({
      id: 'output/scaled-rows',
      suite: 'output',
      file: 'suites/output/scaled-rows',
      exported: 'scaledRows',
      twin: 'scaled-rows-broken',
      twinClass: 'ScaledRowsBroken',
      rule: 'output_scaled_rows',
    });
  });

  test.each([
    ['training/has-effect', 'trainingHasEffect'],
    ['output/default', 'outputDefault'],
  ])('of %s are those of no other thing', (id, exported) => {
    expect(namesFor(id, undefined, ['hasEffect'])?.exported).toBe(exported);
  });

  test.each(['output', 'output/', '/shape', 'Output/shape', 'output/shape/more', 'output/../shape', '1/2'])(
    '%s is no id',
    (id) => {
      expect(namesFor(id, undefined, [])).toBeUndefined();
    },
  );
});

describe('Python', () => {
  const names = namesFor('output/scaled-rows', 'rows-doubled', []);
  const twin = names && twinOf(names);
  const family = `from .tiny import Tiny\n\nTWINS = {\n    'a': Twin('output/shape', 'x', A),\n}\n`;

  test('is added to above the table, with a row first in it', () => {
    const text = twin && withAddition(family, twin);
    expect(text).toMatch(
      /^from .*\n\n\nclass RowsDoubled\(Tiny\):[\s\S]*\n\n\nTWINS = \{\n {4}'rows-doubled': Twin\(/,
    );
    expect(text).toContain("    'a': Twin('output/shape'");
  });

  test('is added to where the rows of the suite are, if what it needs is there', () => {
    expect(twin && isHomeOf(family, twin, 'output')).toBe(true);
    expect(twin && isHomeOf(family, twin, 'input')).toBe(false);
    expect(twin && isHomeOf(family.replace('Tiny\n', 'Small\n'), twin, 'output')).toBe(false);
    expect(names && isHomeOf(family, ruleOf(names), 'output')).toBe(false);
  });

  test('of a new suite is a module of its own', () => {
    expect(twin && moduleFor(twin, 'output')).toMatch(
      /^"""Twins for the suite `output`\."""\n\nfrom \.tiny import Tiny\nfrom \.twin import Twin\n\nFAMILY = .*\n\n\nclass RowsDoubled/,
    );
  });
});
