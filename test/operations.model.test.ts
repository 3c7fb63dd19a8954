import { expect, test } from 'vitest';
import { defaultTensorflow } from '../harness/engine/runtime/pins.js';
import { factsOf } from '../harness/graph/ops/catalogue.js';
import { inProject } from '../proof/project.js';
import { run } from './run-command.js';
import { isTest, sources } from './sources.js';

/** A Python with TensorFlow, as draw.py needs it. */
const interpreter = process.env.ASSAY_PYTHON ?? 'python3';
const version = await run(interpreter, ['-c', 'import tensorflow; print(tensorflow.__version__)']).then(
  ({ out }) => out.trim(),
  () => '',
);
const ready = version === defaultTensorflow;
if (!ready)
  console.warn(
    `Skipped: ${interpreter} has ${version ? `TensorFlow ${version}` : 'no TensorFlow'}. Install ${defaultTensorflow}, or name another Python in ASSAY_PYTHON.`,
  );

test.skipIf(!ready)('the catalogue says what the registries of the newest TensorFlow say', async () => {
  const { code, out, err } = await run(interpreter, [inProject('harness/graph/ops/draw.py'), '--check']);
  expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`as in TensorFlow ${defaultTensorflow}`);
});

test('every operation that the code names is in the catalogue', () => {
  const named = sources()
    .filter(({ file }) => graphs.test(file) && !isTest(file))
    .flatMap(({ file, text }) => namesIn(text).map((name) => `${name} in ${file}`));
  const words = named.map((each) => each.split(' ')[0] ?? '');
  expect(words).toEqual(
    expect.arrayContaining(['Const', 'StridedSlice', 'VarHandleOp', 'TensorListSetItem']),
  );
  expect(named.filter((_, at) => !factsOf(words[at] ?? '') && !others.has(words[at] ?? ''))).toEqual([]);
});

/** Where graphs are read and written. */
const graphs =
  /^(harness\/graph|harness\/engine\/lowering|suites\/(layout|safety|classification\/scores)|cli\/(init\/|inspect\/endpoint-lines))/;

/** Texts that look like the name of an operation, and keys of tables of operations; errors name themselves so, too. */
function namesIn(text: string): readonly string[] {
  const found = text.matchAll(/(?<!name = )'(_?[A-Z][A-Za-z0-9]+)'|^ {2}([A-Z][A-Za-z0-9]+):/gm);
  return [...found].map(([, literal, key]) => literal ?? key ?? '');
}

/** Attributes and layouts. */
const others = new Set(`DstT NC NDHWC NHWC PLAIN Python SAME SrcT TensorRT Tparams VALID`.split(' '));
