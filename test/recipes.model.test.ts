import { expect, test } from 'vitest';
import { inProject } from '../proof/project.js';
import { run } from './run-command.js';

test.each(['recipes', 'oracle', 'recording'])('Python can read models-under-test/%s', async (folder) => {
  const code =
    'import ast, pathlib, sys\nfor one in pathlib.Path(sys.argv[1]).glob("*.py"): ast.parse(one.read_text(), one)';
  const { code: exit, err } = await run('python3', ['-c', code, inProject('models-under-test', folder)]);
  expect([exit, err]).toEqual([0, '']);
});
