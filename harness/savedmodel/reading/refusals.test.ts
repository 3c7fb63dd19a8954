import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MetaGraphDef } from '../gen/saved_model_pb.js';
import {
  MetaGraphDef_MetaInfoDefSchema,
  MetaGraphDefSchema,
  SavedModelSchema,
} from '../gen/saved_model_pb.js';
import { NotASavedModel } from '../refusal.js';
import { readSavedModel } from './read.js';

const conforming = fileURLToPath(new URL('../../../../models-under-test/odd-captures/', import.meta.url));
const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n';
let temporary = '';
let proto: Uint8Array = new Uint8Array();

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'assay-refusals-'));
  proto = await readFile(join(conforming, 'saved_model.pb'));
});

afterAll(() => rm(temporary, { recursive: true }));

describe('a folder without a saved_model.pb', () => {
  test('that is not there', async () => {
    expect(await refusalOf(join(temporary, 'nowhere'))).toMatch(
      /nowhere does not exist\. \| Check the path: .*folder with a saved_model\.pb/,
    );
  });

  test('that is empty', async () => {
    expect(await refusalOf(await folderWith({}))).toMatch(/is empty\. \| .*tf\.saved_model\.save/);
  });

  test.each([
    [{ 'model.keras': '' }, 'its model.keras suggests a Keras model file. | Run assay wrap on it'],
    [{ 'weights.h5': '' }, 'its weights.h5 suggests a Keras HDF5 file'],
    [
      { 'model.json': '{}', 'group1-shard1of1.bin': '' },
      'suggests a TensorFlow.js model. | Use the SavedModel',
    ],
    [{ 'model.tflite': '' }, 'suggests a TensorFlow Lite model'],
    [{ 'model.onnx': '' }, 'suggests an ONNX model'],
    [{ checkpoint: '', 'ckpt-1.index': '' }, 'suggests a checkpoint, which has the weights'],
    [{ 'frozen_graph.pb': '' }, 'its frozen_graph.pb suggests a frozen graph'],
    [{ 'saved_model.pbtxt': '' }, 'suggests a SavedModel in text format. | Convert it'],
    [{ 'saved_model.cpb': '' }, 'suggests a SavedModel split into chunks'],
    [{ 'tfhub_module.pb': '' }, 'suggests a TF1 Hub module. | Rebuild the model'],
    [
      { 'variables/variables.index': '' },
      'whose saved_model.pb is missing. | Copy or download the whole folder',
    ],
    [{ 'model.tar.gz': '' }, 'suggests an archive. | Use the archive itself'],
    [{ 'notes.txt': '' }, 'has no saved_model.pb. | Export the model'],
    [{ '1/saved_model.pb': 'x' }, 'but 1 in it does. | Did you mean'],
    [
      { 'a/saved_model.pb': 'x', 'b/saved_model.pb': 'x' },
      'but 2 folders in it do. | Did you mean one of them: a, b?',
    ],
  ])('that holds %o', async (files, expected) => {
    expect(await refusalOf(await folderWith(files))).toContain(expected);
  });

  test.each([
    ['model.h5', 'is a file: a Keras HDF5 file.'],
    ['model.bin', 'is a file, but a SavedModel is a folder.'],
    ['saved_model.pb', 'is a file of a SavedModel. | Use the folder that contains it.'],
  ])('that is the file %s', async (name, expected) => {
    expect(await refusalOf(join(await folderWith({ [name]: '' }), name))).toContain(expected);
  });

  test('whose saved_model.pb is a folder', async () => {
    expect(await refusalOf(await folderWith({ 'saved_model.pb/x': '' }))).toContain('has no saved_model.pb');
  });
});

describe('a saved_model.pb', () => {
  test('that is a Git LFS pointer', async () => {
    expect(await refusalOf(await folderWith({ 'saved_model.pb': pointer }))).toMatch(
      /Git LFS pointer.*git lfs pull/,
    );
  });

  test('that is empty', async () => {
    expect(await refusalOf(await folderWith({ 'saved_model.pb': '' }))).toContain('saved_model.pb is empty.');
  });

  test('that is truncated', async () => {
    for (const part of [0.01, 0.3, 0.7, 0.999]) {
      const half = proto.subarray(0, proto.length * part);
      expect(await refusalOf(await folderWith({ 'saved_model.pb': half }))).toContain(
        'saved_model.pb is damaged',
      );
    }
  });

  test('that is something else', async () => {
    const other = Buffer.from('<!doctype html><title>Not found</title>');
    expect(await refusalOf(await folderWith({ 'saved_model.pb': other }))).toContain(
      'saved_model.pb is damaged',
    );
  });

  test('that is larger than a protocol buffer can be', async () => {
    const folder = await folderWith({ 'saved_model.pb': 'x' });
    await truncate(join(folder, 'saved_model.pb'), 5 * 2 ** 30);
    expect(await refusalOf(folder)).toMatch(/has 5\.0 GiB, more than the 2 GiB .* \| .*variables/);
  });

  test('that is a pipe, to which nobody writes', async () => {
    const folder = await folderWith({});
    if (spawnSync('mkfifo', [join(folder, 'saved_model.pb')]).status !== 0) return;
    expect(await refusalOf(folder)).toMatch(/^saved_model\.pb is a device or pipe/);
  });

  test('in TensorFlow 1 format', async () => {
    const folder = await folderWith({
      'saved_model.pb': holding([{ ...meta(), objectGraphDef: new Uint8Array() }]),
    });
    expect(await refusalOf(folder)).toMatch(
      /^This is a SavedModel in TensorFlow 1 format \(written by TensorFlow 2/,
    );
    await writeFile(join(folder, 'tfhub_module.pb'), '');
    expect(await refusalOf(folder)).toContain('This is a TF1 Hub module');
  });

  test('with several meta graphs, as hub.load refuses them', async () => {
    const folder = await folderWith({ 'saved_model.pb': holding([tagged('train'), meta()]) });
    expect(await refusalOf(folder)).toContain(
      '2 meta graphs, tagged [train], [serve], so that hub.load(path) raises',
    );
  });
});

test('a folder without its assets', async () => {
  const folder = await mkdtemp(join(temporary, 'assets-'));
  await cp(conforming, folder, { recursive: true });
  await rm(join(folder, 'assets'), { recursive: true });
  expect(await refusalOf(folder)).toMatch(
    /lacks assets\/vocabulary\.txt, .* hub\.load raises FileNotFoundError\. \| Copy or upload the whole folder/,
  );
});

describe('a checkpoint that cannot be read leaves a note, and variables without values', () => {
  const data = 'variables/variables.data-00000-of-00001';
  test.each<readonly [string, (folder: string) => Promise<unknown>, string]>([
    [
      'variables/ is missing',
      (folder) => rm(join(folder, 'variables'), { recursive: true }),
      'variables.index is missing',
    ],
    [
      'the index is a pointer',
      (folder) => writeFile(join(folder, 'variables/variables.index'), pointer),
      'git lfs pull',
    ],
    [
      'the index is cut',
      (folder) => truncate(join(folder, 'variables/variables.index'), 100),
      'variables.index is truncated',
    ],
    ['the data is missing', (folder) => rm(join(folder, data)), `${data} is missing`],
    [
      'the data is a pointer',
      (folder) => writeFile(join(folder, data), pointer),
      `${data} is a Git LFS pointer`,
    ],
    [
      'the data is cut',
      (folder) => truncate(join(folder, data), 40),
      `${data} is truncated: it has 40 bytes`,
    ],
  ])('%s', async (_, harm, note) => {
    const folder = await mkdtemp(join(temporary, 'checkpoint-'));
    await cp(conforming, folder, { recursive: true });
    await harm(folder);
    const { notes, variables } = await readSavedModel(folder);
    expect(notes.join(' ')).toContain(note);
    expect(
      variables.every(({ stored, checkpointKey }) => stored === undefined && checkpointKey === undefined),
    ).toBe(true);
  });
});

function meta(): MetaGraphDef {
  const [bytes = new Uint8Array()] = fromBinary(SavedModelSchema, proto).metaGraphs;
  return fromBinary(MetaGraphDefSchema, bytes);
}

function tagged(tag: string): MetaGraphDef {
  const { metaInfoDef, ...rest } = meta();
  return create(MetaGraphDefSchema, {
    ...rest,
    metaInfoDef: create(MetaGraphDef_MetaInfoDefSchema, { tags: [tag] }),
  });
}

function holding(metaGraphs: readonly MetaGraphDef[]): Uint8Array {
  const bytes = metaGraphs.map((metaGraph) => toBinary(MetaGraphDefSchema, metaGraph));
  return toBinary(SavedModelSchema, create(SavedModelSchema, { metaGraphs: bytes }));
}

async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(temporary, 'model-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(join(folder, name, '..'), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

/** The sentence and the remedy, with a bar between them. */
async function refusalOf(path: string): Promise<string> {
  const error: unknown = await readSavedModel(path).catch((refusal: unknown) => refusal);
  if (!(error instanceof NotASavedModel)) throw new Error('It was not refused.', { cause: error });
  return `${error.message} | ${error.remedy}`;
}
