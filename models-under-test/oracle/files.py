"""Rules on files and graphs, and on hub.KerasLayer."""

import functools

import tensorflow_hub as hub
from tensorflow.core.protobuf import saved_model_pb2

DANGEROUS = {
  'ReadFile', 'WriteFile', 'MatchingFiles', 'PyFunc', 'EagerPyFunc', 'PyFuncStateless', 'SaveV2',
  'DebugIdentityV3', 'TextLineDataset', 'TextLineDatasetV2', 'FixedLengthRecordDatasetV2',
}  # fmt: skip


def class_index(subject):
  classes = subject.spec.get('classes')
  if not isinstance(classes, str):
    return
  names = (subject.folder_of_spec / classes).read_text().removesuffix('\n').split('\n')
  if len(names) != subject.columns or not all(name.strip() for name in names):
    yield f'{len(names)} names for {subject.columns} classes'


def layer_loads(subject):
  if isinstance(subject.spec.get('endpoint'), dict):
    if subject.fine_tuning:
      yield 'a signature cannot be trained'
    return
  try:
    layer = hub.KerasLayer(str(subject.folder), trainable=bool(subject.fine_tuning))
  except ValueError as error:
    yield str(error)
    return
  layer(subject.images())


def channels_last(subject):
  for node in nodes(subject):
    if node.op != 'BiasAdd' and node.attr['data_format'].s == b'NCHW':
      yield f'{node.op} in NCHW'


def no_dangerous_ops(subject):
  for op in sorted({node.op for node in nodes(subject)} & DANGEROUS):
    yield op


def nodes(subject):
  """Nodes of every function but the SavedModel's own saver."""
  functions = proto(subject.folder).meta_graphs[0].graph_def.library.function
  return [n for f in functions if 'traced_save' not in f.signature.name and 'traced_restore' not in f.signature.name for n in f.node_def]


@functools.lru_cache(maxsize=4)
def proto(folder):
  return saved_model_pb2.SavedModel.FromString((folder / 'saved_model.pb').read_bytes())


def inside_its_folder(subject):
  inside = lambda path: path.resolve().is_relative_to(subject.folder)
  for asset in proto(subject.folder).meta_graphs[0].asset_file_def:
    if not inside(subject.folder / 'assets' / asset.filename):
      yield asset.filename
  for path in subject.folder.rglob('*'):
    if not inside(path):
      yield f'{path.name} leads outside'


RULES = {
  'classification/class-index': class_index,
  'keras/layer-loads': layer_loads,
  'layout/channels-last': channels_last,
  'safety/no-dangerous-ops': no_dangerous_ops,
  'safety/inside-its-folder': inside_its_folder,
}
