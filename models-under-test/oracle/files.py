"""Rules on files and graphs, and on hub.KerasLayer."""

import functools
import tarfile
import unicodedata

import tensorflow as tf
import tensorflow_hub as hub
from google.protobuf.message import DecodeError
from tensorflow.core.protobuf import saved_model_pb2

from .subject import close

DANGEROUS = {
  'ReadFile', 'WriteFile', 'MatchingFiles', 'PyFunc', 'EagerPyFunc', 'PyFuncStateless', 'SaveV2',
  'DebugIdentityV3', 'TextLineDataset', 'TextLineDatasetV2', 'FixedLengthRecordDatasetV2',
}  # fmt: skip


def class_index(subject):
    classes = subject.spec.get('classes')
    if not isinstance(classes, str):
        return
    names = (subject.folder_of_spec / classes).read_text('utf-8').removesuffix('\n').split('\n')
    if len(names) != subject.columns or not all(visible(name) for name in names):
        yield f'{len(names)} names for {subject.columns} classes'


def visible(name):
    return any(unicodedata.category(character)[0] not in 'CZ' for character in name)


def layer_loads(subject):
    endpoint = subject.spec.get('endpoint', '__call__')
    named = {'signature': endpoint['signature'], 'output_key': endpoint['output']} if isinstance(endpoint, dict) else {}
    try:
        layer = hub.KerasLayer(str(subject.folder), trainable=bool(subject.fine_tuning), **named)
        rows = layer(tf.convert_to_tensor(subject.images()))
        layer.losses  # Keras calls them here.
    except (TypeError, ValueError) as error:
        yield str(error)
        return
    if endpoint != '__call__' and not close(rows.numpy(), subject.rows(subject.images())):
        yield f'the layer does not call {endpoint}'
    if endpoint == '__call__' and subject.training_values() and not layer._has_training_argument:
        yield 'the layer does not pass training'


def channels_last(subject):
    for node in nodes(subject):
        if node.op != 'BiasAdd' and 'Reshape' not in str(node.input[:1]) and node.attr['data_format'].s == b'NCHW':
            yield f'{node.op} in NCHW'


def no_dangerous_ops(subject):
    for op in sorted({node.op for node in nodes(subject)} & DANGEROUS):
        yield op
    for node in nodes(subject):
        if node.op == 'PrintV2' and node.attr['output_stream'].placeholder:
            yield 'PrintV2, where the caller says'
    for meta in proto(subject.folder).meta_graphs:
        for op in sorted({node.op for node in meta.graph_def.node} & DANGEROUS):
            yield f'{op} in the main graph, where TensorFlow 2 has none'


def nodes(subject):
    """Nodes of every function but the SavedModel's own saver."""
    functions = [f for meta in proto(subject.folder).meta_graphs for f in meta.graph_def.library.function]
    return [n for f in functions if not f.signature.name.startswith(SAVER) for n in f.node_def]


@functools.lru_cache(maxsize=4)
def proto(folder):
    """Empty where there is none to read: TensorFlow's own complaint says more."""
    try:
        return saved_model_pb2.SavedModel.FromString((folder / 'saved_model.pb').read_bytes())
    except (OSError, DecodeError):
        return saved_model_pb2.SavedModel()


def inside_its_folder(subject):
    if subject.folder.suffix == '.gz':
        with tarfile.open(subject.folder) as archive:
            yield from (
                name for name in archive.getnames() if not inside(subject.folder.parent, subject.folder.parent / name)
            )
    for asset in (asset for meta in proto(subject.folder).meta_graphs for asset in meta.asset_file_def):
        if not inside(subject.folder, subject.folder / 'assets' / asset.filename):
            yield asset.filename
    for path in subject.folder.rglob('*'):
        if not inside(subject.folder, path):
            yield f'{path.name} leads outside'


def inside(folder, path):
    return path.resolve().is_relative_to(folder)


SAVER = ('__inference__traced_save', '__inference__traced_restore')

SAFETY = {
    'safety/no-dangerous-ops': no_dangerous_ops,
    'safety/inside-its-folder': inside_its_folder,
}
RULES = {
    'classification/class-index': class_index,
    'keras/layer-loads': layer_loads,
    'layout/channels-last': channels_last,
}
