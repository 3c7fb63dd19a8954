import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Conclusion, noExcuses } from '../harness/check/check.js';
import type { Contract, Example } from '../harness/contract/contract.js';
import type { Subject } from '../harness/engine/subject.js';
import { inProject } from '../proof/project.js';
import { openSpec } from '../proof/running.js';
import { examples } from '../suites/classification/examples.js';

const spec = (name: string) => inProject('specs', `${name}.yaml`);
const images = inProject('specs', 'shapes-classifier');
const scores = path.join(images, 'blue-circle.npy');
const folder = mkdtempSync(path.join(tmpdir(), 'assay-examples-'));
let shapes: Awaited<ReturnType<typeof openSpec>>;
beforeAll(async () => {
  shapes = await openSpec(spec('shapes-classifier'));
}, 120_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await shapes.close();
});

const red = ofClass(path.join(images, 'red-circle.png'), 'red circle');
const blue = ofClass(path.join(images, 'blue-cross.bmp'), 3);

describe('example images', { timeout: 120_000 }, () => {
  test('get their class, or their stored scores', async () => {
    expect(await concluded()).toMatchObject({
      status: 'pass',
      summary:
        '8 example images: 7 get their class, 1 gets its stored scores; shapes-classifier/red-circle-odd-size.png resized from 37×51 to 40×48',
      cases: 8,
    });
  });

  test('are counted, all of them, when some fail', async () => {
    const wrong = [red, { ...red, expects: blue.expects }, blue, { ...blue, expects: red.expects }];
    expect(await concluded({ examples: wrong })).toMatchObject({
      status: 'fail',
      finding: {
        where: 'example image shapes-classifier/red-circle.png (2 of 4 fail)',
        expected: 'class 3 (blue cross) with the highest score',
        actual: expect.stringMatching(/^class 0 \(red circle\), with \d+\.\d+ against -\d/),
      },
      cases: 4,
    });
  });

  test('are given in the colours that the spec declares', async () => {
    const colorRange = { kind: 'range', min: 0, max: 255 } as const;
    expect(await concludedOf('shapes-classifier', { colorRange })).toMatchObject({
      status: 'fail',
      finding: { remedy: expect.stringMatching(/^All examples pass for RGB in \[0, 1\]/) },
    });
  });

  test('of a feature vector have stored scores, too', async () => {
    const stored: Example = { image: red.image, expects: { kind: 'output', path: scores, tolerance: 1 } };
    expect(await concludedOf('tiny-features', { examples: [stored] })).toMatchObject({
      status: 'fail',
      finding: { expected: '6 scores, as in blue-circle.npy', actual: '8 scores' },
    });
  });

  test('whose call fails are named', async () => {
    const anySize = { min: 1, max: 512, step: 1 };
    const imageSize = { height: anySize, width: anySize, outside: 'unspecified' } as const;
    const failing = concludedOf('sizes-from-75', { imageSize, examples: [blue] });
    await expect(failing).rejects.toThrow(/blue-cross\.bmp: /);
  });
});

describe('a check is inconclusive', { timeout: 120_000 }, () => {
  const damaged = path.join(folder, 'half.png');
  writeFileSync(damaged, readFileSync(red.image).subarray(0, 800));

  test('of a damaged image; the others are tried', async () => {
    const conclusion = await concludedOf('shapes-classifier', { examples: [ofClass(damaged, 0), blue] });
    expect(conclusion).toMatchObject({ status: 'error', cases: 1 });
    expect(reasonOf(conclusion)).toMatch(/half\.png: TensorFlow cannot decode this PNG: Invalid PNG data/);
  });

  test('of a damaged image, but another one fails', async () => {
    const examples = [ofClass(damaged, 0), { ...blue, expects: red.expects }];
    expect(await concludedOf('shapes-classifier', { examples })).toMatchObject({
      status: 'fail',
      finding: { where: expect.stringContaining('(1 of 2 fails, 1 could not be decided)') },
      cases: 1,
    });
  });

  test.each([
    ['of a name that is not in the list', ofClass(red.image, 'red'), /"red" is not in the list of classes/],
    [
      'of stored scores that cannot be read',
      { ...red, expects: { kind: 'output', path: red.image, tolerance: 1 } } as const,
      /red-circle\.png: It is not a NumPy file/,
    ],
    ['of what is no image', ofClass(scores, 0), /blue-circle\.npy: It is not an image file/],
    ['of a folder', ofClass(images, 0), /shapes-classifier: It is a folder\./],
  ])('%s', async (_, example, reason) => {
    expect(reasonOf(await concludedOf('shapes-classifier', { examples: [example] }))).toMatch(reason);
  });

  test('of an image beyond the limit', async () => {
    const limits = {
      deadlineMs: 60_000,
      modelDeadlineMs: 1_800_000,
      memoryBytes: 2 ** 32,
      pixelsPerCall: 1100,
    };
    const large = ofClass(path.join(images, 'red-cross.jpg'), 1);
    expect(reasonOf(await concluded({ limits, examples: [large] }))).toMatch(
      /40×32 is more than `limits\.pixels_per_call` allows/,
    );
  });
});

function ofClass(image: string, named: number | string): Example {
  return { image, expects: { kind: 'class', class: named } };
}

/** What the check concludes of the shapes when its spec is changed so, in what does not concern the model's process. */
function concluded(change: Partial<Contract> = {}): Promise<Conclusion> {
  return measured(shapes.subject, { ...shapes.contract, ...change });
}

async function concludedOf(name: string, change: Partial<Contract>): Promise<Conclusion> {
  const { subject, contract, close } = await openSpec(spec(name), change);
  return measured(subject, contract).finally(close);
}

async function measured(subject: Subject, contract: Contract): Promise<Conclusion> {
  if (examples.kind !== 'measurement') throw new Error('The check makes calls of its own choice.');
  return examples.measure(subject, contract, 1, noExcuses);
}

function reasonOf(conclusion: Conclusion): string {
  return conclusion.status === 'error' ? conclusion.reason : conclusion.status;
}
