"""Twins for the suites `classification`, `layout` and `safety`."""

import gzip
import io
import os
import shutil
import tarfile

import tensorflow as tf

from .oddities import vocabulary
from .saving import save, settle
from .tiny import IMAGES, Tiny
from .twin import INFERENCE_ONLY, LOGITS, Twin

FAMILY = 'Class lists, layout and safety of files'


class Scores(Tiny):
    """Its rows go through `activation`."""

    def __init__(self, activation):
        super().__init__()
        self.activation = activation

    def finish(self, rows, images, training):
        return self.activation(rows)


class OneLayerChannelsFirst(Tiny):
    """The pooling is written for [batch, channels, height, width]."""

    def pool(self, maps, training):
        first = tf.transpose(maps, [0, 3, 1, 2])
        return tf.reduce_mean(
            tf.nn.conv2d(first, tf.eye(4)[tf.newaxis, tf.newaxis], 1, 'SAME', data_format='NCHW'), [2, 3]
        )


class Reaches(Tiny):
    """Something acts outside the model besides computing rows: `act`, which may return a tensor."""

    def __init__(self, act):
        super().__init__()
        self.act = act

    def finish(self, rows, images, training):
        with tf.control_dependencies([self.act(rows)]):
            return tf.identity(rows)


def reads_path_in_dataset(rows):
    return tf.data.TextLineDataset('/etc/hostname').reduce(0, lambda count, line: count + 1)


def never(act):
    """`act` behind a condition that does not hold, so that the twin does no harm where it is run."""
    return lambda rows: tf.cond(tf.size(rows) < 0, lambda: done(act(rows)), lambda: 0)


def done(outcome):
    with tf.control_dependencies([outcome]):
        return tf.constant(0)


def debug_url(rows):
    return tf.raw_ops.DebugIdentityV3(input=rows, tensor_name='rows:0', debug_urls=['grpc://collector.invalid:6007'])


def save_rows(rows):
    return tf.raw_ops.SaveV2(
        prefix='/tmp/model-assay-twin', tensor_names=['rows'], shape_and_slices=[''], tensors=[rows]
    )


def python_in_signature(folder):
    tiny = Tiny()
    act = tf.function(lambda images: tf.py_function(lambda x: x, [images], tf.float32), input_signature=[IMAGES])
    save(tiny, folder, signatures={'preprocess': act})


class WordCount(Tiny):
    """The number of lines of a vocabulary, kept as an asset, is added."""

    def __init__(self):
        super().__init__()
        self.words = tf.lookup.StaticHashTable(
            tf.lookup.TextFileInitializer(
                vocabulary(),
                tf.string,
                tf.lookup.TextFileIndex.WHOLE_LINE,
                tf.int64,
                tf.lookup.TextFileIndex.LINE_NUMBER,
            ),
            -1,
        )

    def finish(self, rows, images, training):
        return rows + tf.cast(self.words.size(), tf.float32)


def asset_elsewhere(name):
    """An asset whose file name in saved_model.pb is `name`."""

    def rename(proto):
        proto.meta_graphs[0].asset_file_def[0].filename = name

    def write(folder):
        save(WordCount(), folder)
        settle(folder, rename)
        (folder / 'assets' / 'vocabulary.txt').unlink()

    return write


def asset_linked_out(folder):
    save(WordCount(), folder)
    link = folder / 'assets' / 'vocabulary.txt'
    link.unlink()
    os.symlink('../../labels-6.txt', link)


def asset_left_behind(folder):
    save(WordCount(), folder)
    shutil.rmtree(folder / 'assets')


def archive_leaves_folder(folder):
    """model.tar.gz, with one member that would be written beside the folder it is unpacked into."""
    save(Tiny(), folder)
    # No time stamp and no name in the gzip header: the same bytes each time.
    with (
        gzip.GzipFile('', 'wb', 9, (folder / 'model.tar.gz').open('wb'), mtime=0) as packed,
        tarfile.open(fileobj=packed, mode='w') as archive,
    ):
        for path in sorted(p for p in folder.rglob('*') if p.is_file() and p.suffix != '.gz'):
            archive.addfile(member(str(path.relative_to(folder)), path.stat().st_size), path.open('rb'))
        archive.addfile(member('../escaped.txt', 4), io.BytesIO(b'out\n'))
    for path in (folder / 'saved_model.pb', *(folder / 'variables').iterdir()):
        path.unlink()


def member(name, size):
    info = tarfile.TarInfo(name)
    info.size = size
    return info


TWO_CLASSES = LOGITS | {'model': '../two-classes', 'num_classes': 2}

TWINS = {
    'archive-leaves-folder': Twin(
        'safety/inside-its-folder',
        'A member of the archive is called ../escaped.txt.',
        archive_leaves_folder,
        writes=True,
        spec=INFERENCE_ONLY | {'model': 'archive-leaves-folder/model.tar.gz'},
    ),
    'asset-above-folder': Twin(
        'safety/inside-its-folder',
        'An asset is ../../labels-6.txt.',
        asset_elsewhere('../../labels-6.txt'),
        writes=True,
        spec=INFERENCE_ONLY,
    ),
    'asset-absolute': Twin(
        'safety/inside-its-folder',
        'An asset is /etc/hostname.',
        asset_elsewhere('/etc/hostname'),
        writes=True,
        spec=INFERENCE_ONLY,
    ),
    'asset-left-behind': Twin(
        'signature/root-call', 'The folder was published without assets/.', asset_left_behind, writes=True, spec=INFERENCE_ONLY
    ),
    'asset-linked-out': Twin(
        'safety/inside-its-folder',
        'An asset is a symbolic link to a file outside.',
        asset_linked_out,
        writes=True,
        spec=INFERENCE_ONLY,
    ),
    'class-with-blank-name': Twin(
        'classification/class-index',
        'One of the names is a no-break space and a space of no width.',
        None,
        spec=TWO_CLASSES | {'classes': 'labels-one-blank.txt'},
    ),
    'class-without-name': Twin(
        'classification/class-index',
        'One of the names is empty.',
        None,
        spec=TWO_CLASSES | {'classes': 'labels-one-empty.txt'},
    ),
    'dataset-reads-path': Twin(
        'safety/no-dangerous-ops',
        'A dataset reads the lines of /etc/hostname.',
        lambda: Reaches(reads_path_in_dataset),
        spec=INFERENCE_ONLY,
    ),
    'debug-to-url': Twin(
        'safety/no-dangerous-ops',
        'A debug op sends the rows to a URL.',
        lambda: Reaches(never(debug_url)),
        spec=INFERENCE_ONLY,
    ),
    'log-softmax': Twin(
        'classification/linear-scores', 'log-softmax on the output.', lambda: Scores(tf.nn.log_softmax), spec=LOGITS
    ),
    'matches-files': Twin(
        'safety/no-dangerous-ops',
        'The call lists /tmp.',
        lambda: Reaches(lambda rows: tf.io.matching_files('/tmp/*')),
        spec=INFERENCE_ONLY,
    ),
    'names-one-short': Twin(
        'classification/class-index',
        'The list has one name for two classes.',
        None,
        spec=TWO_CLASSES | {'classes': 'labels-1.txt'},
    ),
    'one-layer-channels-first': Twin(
        'layout/channels-last',
        'One convolution is NCHW.',
        OneLayerChannelsFirst,
        also={'input/every-size': 'TensorFlow runs no such convolution on a CPU for which oneDNN is off by default'},
        spec=INFERENCE_ONLY,
    ),
    'python-in-signature': Twin(
        'safety/no-dangerous-ops', 'A signature calls Python.', python_in_signature, writes=True, spec=INFERENCE_ONLY
    ),
    'reads-file': Twin(
        'safety/no-dangerous-ops',
        'The call reads /etc/hostname.',
        lambda: Reaches(lambda rows: tf.io.read_file('/etc/hostname')),
        spec=INFERENCE_ONLY,
    ),
    'saves-tensor': Twin(
        'safety/no-dangerous-ops',
        'The call saves its rows with SaveV2.',
        lambda: Reaches(never(save_rows)),
        spec=INFERENCE_ONLY,
    ),
    'percentages': Twin(
        'classification/linear-scores',
        'The output is The output is softmax times 100.',
        lambda: Scores(lambda x: 100.0 * tf.nn.softmax(x)),
        spec=LOGITS,
    ),
    'sigmoid': Twin(
        'classification/linear-scores',
        'sigmoid on the output.',
        lambda: Scores(tf.nn.sigmoid),
        spec=LOGITS | {'activation': 'sigmoid'},
    ),
    'softmax': Twin(
        'classification/linear-scores', 'softmax on the output.', lambda: Scores(tf.nn.softmax), spec=LOGITS
    ),
    'softmax-twice': Twin(
        'classification/linear-scores',
        'Softmax is applied twice.',
        lambda: Scores(lambda x: tf.nn.softmax(tf.nn.softmax(x))),
        spec=LOGITS,
    ),
    'softmax-with-temperature': Twin(
        'classification/linear-scores',
        'softmax with temperature 5.',
        lambda: Scores(lambda x: tf.nn.softmax(x / 5.0)),
        spec=LOGITS,
    ),
    'writes-file': Twin(
        'safety/no-dangerous-ops',
        'The call writes a file.',
        lambda: Reaches(never(lambda rows: tf.io.write_file('/tmp/model-assay-twin.txt', 'rows'))),
        spec=INFERENCE_ONLY,
    ),
}
