import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lower } from '../harness/engine/lowering/lower.js';
import { loadAddon } from '../harness/engine/process/addon.js';
import { Session } from '../harness/engine/process/session.js';
import { ensureRuntime } from '../harness/engine/runtime/runtime.js';
import { readSavedModel } from '../harness/savedmodel/reading/read.js';
import { inProject, readJson } from '../proof/project.js';

/** An image as Python's TensorFlow decodes and resizes it: float32 [height, width, 3] in [0, 1], little-endian. */
type Recorded = {
  readonly image: string;
  readonly size: readonly [number, number];
  readonly float32: string;
};

const recorded = readJson<Recorded[]>('models-under-test', 'truth', 'pictures.json');
const folder = mkdtempSync(path.join(tmpdir(), 'assay-pictures-'));
const rgb = { kind: 'range', min: 0, max: 1 } as const;
let session: Session;

beforeAll(async () => {
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  const model = await readSavedModel(inProject('models-under-test', 'tiny-features'));
  await lower(model, [], folder);
  session = new Session(loadAddon((await ensureRuntime()).addon), folder, rgb);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('pixels of example images are those of Python, bit for bit', () => {
  test('in every format', () => {
    const endings = recorded.map(({ image }) => path.extname(image));
    expect([...new Set(endings)].sort()).toEqual(['.bmp', '.jpg', '.png', '.webp']);
  });

  test.each(recorded)('$image', ({ image, size: [height, width], float32 }) => {
    const pixels = session.pixelsOf({ file: inProject(image), count: 1, height, width });
    expect(pixels).toHaveLength(height * width * 3);
    expect(Buffer.from(pixels.buffer).equals(Buffer.from(float32, 'base64'))).toBe(true);
  });

  test('the own size of an image is reported', () => {
    const file = inProject('specs', 'shapes-classifier', 'red-circle-odd-size.png');
    expect([...(session.measure(file).tensors[0]?.values ?? [])]).toEqual([37, 51, 3]);
  });

  test('other colours are made of them', () => {
    const picture = { file: inProject(recorded[0]?.image ?? ''), count: 1, height: 32, width: 32 } as const;
    const [red = 0, green = 0, blue = 0] = session.pixelsOf(picture);
    const bgr = session.pixelsOf({
      ...picture,
      colors: { range: { kind: 'range', min: -1, max: 1 }, order: 'bgr' },
    });
    expect([...bgr.subarray(0, 3)]).toEqual([blue, green, red].map((value) => Math.fround(value * 2 - 1)));
  });
});

describe('a damaged file is reported as such, and the session goes on', () => {
  const whole = (image: string) => readFileSync(inProject('specs', 'shapes-classifier', image));

  test.each([
    ['red-circle.png', /^TensorFlow cannot decode this PNG: Invalid PNG data/],
    ['red-cross.jpg', /^TensorFlow cannot decode this JPEG: .*Invalid JPEG data/],
    ['blue-circle.webp', /^TensorFlow cannot decode this WebP: Failed to decode WebP image\.$/],
    ['blue-cross.bmp', /^TensorFlow cannot decode this BMP: /],
  ])('half of %s', (image, words) => {
    const bytes = whole(image);
    const file = path.join(folder, image);
    writeFileSync(file, bytes.subarray(0, bytes.length / 2));
    expect(() => session.measure(file)).toThrow(words);
    expect(session.measure(inProject('specs', 'shapes-classifier', image)).tensors).toHaveLength(1);
  });
});
