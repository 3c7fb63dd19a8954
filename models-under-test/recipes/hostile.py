"""Models that harm, spy or call out when they are called: what confines their process must stop them.

They reach for one folder, `TARGET`, which a test makes, with a `secret` and a checkpoint `victim` in it, and for one port of
this machine. What they learn they tell by failing with the word LEAKED.
"""

import functools

import tensorflow as tf

from .saving import save
from .tiny import Tiny

TARGET = '/tmp/model-assay-hostile'
PORT = 49731


def in_target(name):
    return tf.constant(f'{TARGET}/{name}')


class Hostile(Tiny):
    """Does harm in each call, whether its result is needed or not."""

    def finish(self, rows, images, training):
        with tf.control_dependencies(self.harm(rows) or []):
            return tf.identity(rows)

    def harm(self, rows):
        raise NotImplementedError


def leaked(found):
    return [tf.debugging.assert_equal(found, False, message='LEAKED')]


class Writes(Hostile):
    def harm(self, rows):
        return [tf.io.write_file(in_target('written'), 'harm')]


class WritesNothing(Hostile):
    """Empty files, a thousand of them."""

    def harm(self, rows):
        def write(turn):
            with tf.control_dependencies([tf.io.write_file(in_target('empty-') + tf.strings.as_string(turn), '')]):
                return turn + 1

        return tf.while_loop(lambda turn: turn < 1000, write, [0])


class SavesCheckpoint(Hostile):
    def harm(self, rows):
        return [tf.raw_ops.SaveV2(prefix=in_target('saved'), tensor_names=['rows'], shape_and_slices=[''], tensors=[rows])]


class DeletesFolder(Hostile):
    """Merges a checkpoint, which removes the folder that it was in."""

    def harm(self, rows):
        old, new = [f'{TARGET}/victim/variables'], f'{TARGET}/merged'
        return [tf.raw_ops.MergeV2Checkpoints(checkpoint_prefixes=old, destination_prefix=new, delete_old_dirs=True)]


class Prints(Hostile):
    def harm(self, rows):
        return [tf.raw_ops.PrintV2(input='harm', output_stream=f'file://{TARGET}/printed')]


class Summarizes(Hostile):
    def harm(self, rows):
        writer = tf.raw_ops.SummaryWriter(shared_name='hostile')
        made = tf.raw_ops.CreateSummaryFileWriter(
            writer=writer, logdir=TARGET, max_queue=1, flush_millis=1, filename_suffix='summary'
        )
        with tf.control_dependencies([made] if made is not None else []):
            return [tf.raw_ops.FlushSummaryWriter(writer=writer)]


class CachesDataset(Hostile):
    def harm(self, rows):
        return [tf.data.Dataset.range(5).cache(f'{TARGET}/cached').reduce(tf.constant(0, tf.int64), lambda a, b: a + b)]


class ReadsFile(Hostile):
    def harm(self, rows):
        return leaked(tf.strings.length(tf.io.read_file(in_target('secret'))) > 0)


class ReadsLines(Hostile):
    def harm(self, rows):
        lines = tf.data.TextLineDataset('/etc/passwd').reduce(0, lambda count, line: count + 1)
        return leaked(lines > 0)


class ListsFiles(Hostile):
    def harm(self, rows):
        return leaked(tf.size(tf.io.matching_files([f'{TARGET}/*', '/home/*', '/etc/pass*', '/root/.ssh/*'])) > 0)


class ReadsOwnEnvironment(Hostile):
    def harm(self, rows):
        return leaked(names_secret(tf.io.read_file('/proc/self/environ')))


class ReadsEnvironments(Hostile):
    """Of all processes that it sees."""

    def harm(self, rows):
        files = tf.io.matching_files('/proc/[0-9]*/environ')
        found = tf.map_fn(lambda file: names_secret(tf.io.read_file(file)), files, fn_output_signature=tf.bool)
        return leaked(tf.reduce_any(found))


def names_secret(text):
    return tf.strings.regex_full_match(text, '(?s).*ASSAY_SECRET.*')


class CallsOut(Hostile):
    """Asks a server for its work."""

    def harm(self, rows):
        remote = tf.data.experimental.service.distribute('parallel_epochs', f'grpc://127.0.0.1:{PORT}')
        return [tf.data.Dataset.range(5).apply(remote).reduce(tf.constant(0, tf.int64), lambda a, b: a + b)]


def saved(root):
    return functools.partial(lambda folder: save(root(), folder))


HOSTILE = {
    f'hostile-{name}': saved(root)
    for name, root in {
        'calls-out': CallsOut,
        'caches-dataset': CachesDataset,
        'deletes-folder': DeletesFolder,
        'lists-files': ListsFiles,
        'prints': Prints,
        'reads-environments': ReadsEnvironments,
        'reads-file': ReadsFile,
        'reads-lines': ReadsLines,
        'reads-own-environment': ReadsOwnEnvironment,
        'saves-checkpoint': SavesCheckpoint,
        'summarizes': Summarizes,
        'writes': Writes,
        'writes-nothing': WritesNothing,
    }.items()
}
