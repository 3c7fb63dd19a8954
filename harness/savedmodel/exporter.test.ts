import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { exporterOf } from './exporter.js';
import { readSavedModel } from './reading/read.js';

const models = new URL('../../../models-under-test/', import.meta.url);

test.each([
  ['keras2-features', 'Keras 2, model.save()'],
  ['twins/keras3-export', 'Keras 3, model.export() or ExportArchive'],
  ['twins/keras3-saved-object', 'tf.saved_model.save of a Keras 3 model'],
  ['twins/encoded-images', 'a server of encoded images, as AutoML and others export them'],
  ['jax-inner-dropout', 'jax2tf, or another that writes StableHLO'],
  ['twins/onnx-converted', 'Keras 3 ExportArchive, as converters of ONNX and PyTorch models use it'],
  ['twins/model-garden-export', 'Model Garden, export_saved_model'],
  ['twins/teachable-machine', 'Keras 2, model.save(), as Teachable Machine does'],
  ['keras3-reusable', undefined],
  ['tiny-features', undefined],
  ['twins/only-signatures', undefined],
])('%s was written by %s', async (name, exporter) => {
  const model = await readSavedModel(fileURLToPath(new URL(name, models)));
  expect(exporterOf(model)?.name).toBe(exporter);
});
