import { damaged, decode } from '../decode.js';
import type { MetaGraphDef } from '../gen/saved_model_pb.js';
import { MetaGraphDefSchema, SavedModelSchema } from '../gen/saved_model_pb.js';
import { NotASavedModel } from '../refusal.js';
import { requireOnce } from './once.js';

/**
 * The meta graph of a `saved_model.pb`. Throws NotASavedModel when there is none, or several, of which `hub.load` can't
 * choose one, or it is in TensorFlow 1 format, as TF1 Hub modules are.
 */
export function metaGraphOf(bytes: Uint8Array, isHubModule: boolean): MetaGraphDef {
  const { metaGraphs } = decode(SavedModelSchema, bytes, 'the file');
  const decoded = metaGraphs.map((metaGraph) => {
    const message = decode(MetaGraphDefSchema, metaGraph, 'its meta graph');
    requireOnce(metaGraph, [1, 2, 3, 7], 'its meta graph');
    return message;
  });
  const [chosen] = decoded;
  if (chosen === undefined) throw damaged('it holds no meta graph');
  if (decoded.length > 1) throw several(decoded);
  if (chosen.objectGraphDef.length === 0) throw tensorflow1(chosen, isHubModule);
  return chosen;
}

function several(decoded: readonly MetaGraphDef[]): NotASavedModel {
  const tags = decoded.map(({ metaInfoDef }) => `[${metaInfoDef?.tags.join(', ')}]`).join(', ');
  return new NotASavedModel(
    `saved_model.pb holds ${decoded.length} meta graphs, tagged ${tags}, so that hub.load(path) raises ValueError.`,
    'Export the model with tf.saved_model.save(model, folder), which writes one meta graph tagged serve.',
  );
}

function tensorflow1({ metaInfoDef }: MetaGraphDef, isHubModule: boolean): NotASavedModel {
  const version = metaInfoDef?.tensorflowVersion;
  const writer = version ? ` (written by TensorFlow ${version})` : '';
  const what = isHubModule ? 'a TF1 Hub module' : 'a SavedModel in TensorFlow 1 format';
  return new NotASavedModel(
    `This is ${what}${writer}: it has signatures, but no object with __call__.`,
    'Rebuild the model in TensorFlow 2 as an object with a tf.function __call__, and export it with tf.saved_model.save.',
  );
}
