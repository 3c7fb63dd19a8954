import { describe, expect, test } from 'vitest';
import { annotations } from './annotations.js';
import { everyCharacter, largeRun, runOfText, stoppedRun } from './fixtures/extreme-runs.js';
import { conformingRun, variedRun } from './fixtures/varied-run.js';
import { inCode } from './markdown/escape.js';
import { markdown } from './markdown.js';

describe('report.md', () => {
  test('says the verdict first', () => {
    expect(markdown(conformingRun())).toMatch(/^## ✅ Conforms: every checked promise is kept\n/);
  });

  test('a name cannot break out of its cell or its heading', () => {
    const lines = markdown(runOfText('a | b\n# c `d` <b> @e')).split('\n');
    expect(lines[4]).toMatch(/^\| a \\\| b\\\\n\\# c \\`d\\` \\<b\\> \\@e \| /);
  });

  test('a model that was not run is a row, and no more', () => {
    const text = markdown(stoppedRun(3));
    expect(text.match(/not run: the run was interrupted/g)).toHaveLength(3);
    expect(text).not.toContain('###');
  });

  test('a fence is longer than any in the text', () => {
    expect(inCode('a ```` b').split('\n')[0]).toBe('`````text');
  });

  test('stays below the megabyte that GitHub takes', () => {
    expect(markdown(largeRun(1000, 50)).length).toBeLessThan(500_000);
    expect(markdown(largeRun(10, 50))).toContain('20 more are in the other reports.');
    expect(markdown(runOfText('x'.repeat(1_000_000))).length).toBeLessThan(100_000);
  });
});

describe('annotations for GitHub', () => {
  test('one line for each failure, warning and error', () => {
    const lines = annotations(variedRun()).trimEnd().split('\n');
    expect(lines.filter((line) => line.startsWith('::error '))).toHaveLength(7);
    expect(lines.filter((line) => line.startsWith('::warning '))).toHaveLength(1);
    expect(lines).toHaveLength(8);
  });

  test('no text can start a command of its own', () => {
    const lines = annotations(runOfText(`${everyCharacter}\n::error::mine`))
      .trimEnd()
      .split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) expect(line).toMatch(/^::(error|warning) file=[^,:]*,line=1,title=[^,:]*::/);
  });

  test('a title stays one that can be read', () => {
    const [line = ''] = annotations(runOfText('x'.repeat(100_000))).split('\n');
    expect(/title=([^:]*)::/.exec(line)?.[1]).toMatch(/^x+…%3A output\/shape$/);
    expect(line.length).toBeLessThan(110_000);
  });

  test('one line for a model that was not run', () => {
    const lines = annotations(stoppedRun(3)).trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^::error .*title=model-0::not run: the run was interrupted$/);
  });

  test('nothing to say about a model that conforms', () => {
    expect(annotations(conformingRun())).toBe('');
  });
});
