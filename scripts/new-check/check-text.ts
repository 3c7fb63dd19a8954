import type { Check } from '../../harness/check/check.js';
import type { Names } from './names.js';

/** The file of a new check, whole but for what only its author knows: TODO stands there. */
export function checkText({ id, exported }: Names, kind: Check['kind']): string {
  return `${imports[kind].join('\n')}

export const ${exported}: Check = {
  id: '${id}',
  level: 'must',
  demands: 'TODO',
  explain: {
    matters: 'TODO',
    decided: 'TODO',
${kind === 'reading' ? '' : "    calls: 'TODO',\n"}    fix: 'TODO',
  },
  applies: always,
  kind: '${kind}',
${bodies[kind]}};
`;
}

const always = "import { always, type Check } from '../../harness/check/check.js';";

const imports: Readonly<Record<Check['kind'], readonly string[]>> = {
  reading: [always],
  property: [
    always,
    "import { Violation } from '../../harness/check/violation.js';",
    "import { cornersOf } from '../../harness/images/corners.js';",
    "import { spaceOf } from '../../harness/images/space.js';",
  ],
  measurement: [always, "import { smallestSize } from '../../harness/images/corners.js';"],
};

const bodies: Readonly<Record<Check['kind'], string>> = {
  reading: `  read: (model) => {
    const actual = model.tensorflowVersion;
    if (actual === 'TODO') return { status: 'pass', summary: actual };
    return { status: 'fail', finding: { where: 'TODO', expected: 'TODO', actual } };
  },
`,
  property: `  corners: cornersOf,
  space: spaceOf,
  holds: async (subject, batch) => {
    const { dtype } = await subject.call(batch);
    if (dtype !== 'TODO') throw new Violation({ where: 'TODO', expected: 'TODO', actual: dtype });
  },
  held: () => 'TODO',
`,
  measurement: `  measure: async (subject, contract) => {
    const { dtype } = await subject.call({ ...smallestSize(contract), count: 1, pattern: 'noise', seed: 1 });
    if (dtype === 'TODO') return { status: 'pass', summary: dtype };
    return { status: 'fail', finding: { where: 'TODO', expected: 'TODO', actual: dtype } };
  },
`,
};

/** The unit test of a new check. */
export function testText({ file, exported }: Names, kind: Check['kind']): string {
  const name = file.split('/').at(-1);
  const fault =
    kind === 'reading'
      ? "model: { also: { tensorflowVersion: 'TODO' } },"
      : 'call: (_images, _args, { sound }) => changed(sound, (value) => value),';
  const lines = [
    ...(kind === 'reading' ? [] : ["import { changed } from '../../harness/engine/testing/tensors.js';"]),
    "import { testCheck } from '../../harness/run/testing/test-check.js';",
    `import { ${exported} } from './${name}.js';`,
  ];
  return `${lines.join('\n')}

testCheck(${exported}, {
  passes: [{ name: 'a sound model' }],
  fails: [
    {
      name: 'TODO',
      ${fault}
      finding: { where: 'TODO' },
    },
  ],
});
`;
}
