"""Twins for the suites `variables`, without losses, and `keras`."""

import numpy as np
import tensorflow as tf

from .layers import Draw, decay
from .oddities import signature_endpoint
from .saving import save
from .tiny import Tiny
from .twin import FINE_TUNING, INFERENCE_ONLY, LOGITS, Twin

FAMILY = 'Variables, gradients and losses'


class VariableForgotten(Tiny):
    """The moving variance is used and not listed."""

    def __init__(self):
        super().__init__()
        self.variables = [v for v in self.variables if v is not self.norm.moving_variance]


class VariableListedTwice(Tiny):
    def __init__(self):
        super().__init__()
        self.variables = [*self.variables, self.dense.bias]


class NoVariablesList(Tiny):
    def __init__(self):
        super().__init__()
        del self.variables


class WeightNotFinite(Tiny):
    """In a variable that inference does not read."""

    def __init__(self):
        super().__init__()
        self.average = tf.Variable([1.0, np.nan, 3.0], trainable=False, name='average')
        self.variables.append(self.average)


def value_missing(folder):
    """The checkpoint is written again without the moving mean."""
    save(Tiny(), folder)
    prefix = str(folder / 'variables' / 'variables')
    reader = tf.train.load_checkpoint(prefix)
    keys = sorted(key for key in reader.get_variable_to_shape_map() if 'moving_mean' not in key)
    tf.raw_ops.SaveV2(
        prefix=prefix,
        tensor_names=keys,
        shape_and_slices=[''] * len(keys),
        tensors=[reader.get_tensor(key) for key in keys],
    )


class TrainableNotListed(Tiny):
    def __init__(self):
        super().__init__()
        self.variables = [v for v in self.variables if v is not self.dense.bias]


class NoTrainableList(Tiny):
    def __init__(self):
        super().__init__()
        del self.trainable_variables


class TrainableListEmpty(Tiny):
    def __init__(self):
        super().__init__()
        self.trainable_variables = []


class DeadBranch(Tiny):
    """A gate of zero keeps a listed kernel from mattering; gradients, all zero, still reach it."""

    def __init__(self):
        super().__init__()
        self.branch = tf.Variable(Draw(2).normal(4, 6), name='branch')
        self.variables.append(self.branch)
        self.trainable_variables.append(self.branch)

    def rows(self, images, training):
        return super().rows(images, training) + 0.0 * tf.matmul(images[:, 0, 0, :1] * tf.ones([1, 4]), self.branch)


class ContrastInTraining(Tiny):
    def prepare(self, images, training):
        return tf.image.adjust_contrast(images, 1.2) if training else images


class GradientRefusedOnBranch(Tiny):
    """Every variable has another path to the output, but TensorFlow raises an error anyway."""

    def finish(self, rows, images, training):
        return rows + 0.1 * tf.raw_ops.PreventGradient(input=rows, message='for inference only')


class GradientStopped(Tiny):
    def finish(self, rows, images, training):
        return tf.stop_gradient(rows)


class GradientStoppedOnBranch(Tiny):
    """No gradient reaches the convolution and its norm."""

    def pool(self, maps, training):
        return super().pool(tf.stop_gradient(maps), training)


class RoundedRows(Tiny):
    def finish(self, rows, images, training):
        return tf.round(rows * 1000) / 1000


class OneHotMaximum(Tiny):
    """The row says which column is largest, by the mean of the image."""

    def finish(self, rows, images, training):
        return tf.one_hot(tf.argmax(rows, 1), 6) * tf.reduce_mean(images, [1, 2, 3])[:, tf.newaxis]


class LossIsVariable(Tiny):
    def __init__(self):
        super().__init__()
        self.regularization_losses = [self.convolution.kernel]


class SingularVectors(Tiny):
    """Singular vectors of the pixels of each map, whose number is not known when the call is traced."""

    def pool(self, maps, training):
        matrix = tf.reshape(maps, [tf.shape(maps)[0], -1, self.filters])
        _, _, vectors = tf.linalg.svd(matrix)
        return super().pool(maps, training) + 0.1 * tf.reduce_mean(tf.abs(vectors), 2)


class SingularValues(Tiny):
    def pool(self, maps, training):
        matrix = tf.reshape(maps, [tf.shape(maps)[0], -1, self.filters])
        return super().pool(maps, training) + 0.1 * tf.linalg.svd(matrix, compute_uv=False)


class FrozenKernel(Tiny):
    """The first kernel was made with trainable=False, as of a frozen backbone, and is listed all the same."""

    def __init__(self):
        super().__init__()
        self.convolution.kernel = tf.Variable(self.convolution.kernel, trainable=False, name='kernel')
        self.list_variables(self.convolution, self.norm, self.dense)
        self.trainable_variables = [self.convolution.kernel, *self.trainable_variables]
        self.regularization_losses = [decay(self.dense.kernel)]


def tuning(**changes):
    return {'fine_tuning': FINE_TUNING | changes}


TWINS = {
    'dead-branch-trainable': Twin(
        'variables/trainable-matter',
        'A trainable variable is multiplied by zero.',
        DeadBranch,
        spec=tuning(trainable_variables=6),
    ),
    'vectors-of-unknown-size': Twin(
        'variables/gradients-reach',
        'Singular vectors of matrices of unknown size, of which TensorFlow refuses the gradient.',
        SingularVectors,
    ),
    'gradient-raises': Twin(
        'variables/gradients-reach',
        'Training changes the contrast, for which TensorFlow has no gradient.',
        ContrastInTraining,
    ),
    'gradient-refused-on-branch': Twin(
        'variables/gradients-reach', 'PreventGradient on one of two paths to the output.', GradientRefusedOnBranch
    ),
    'gradient-stopped': Twin('variables/gradients-reach', 'stop_gradient on the output.', GradientStopped),
    'gradient-stopped-on-branch': Twin(
        'variables/gradients-reach', 'stop_gradient before the last layer.', GradientStoppedOnBranch
    ),
    'loss-is-variable': Twin(
        'keras/layer-loads',
        'regularization_losses contains a variable.',
        LossIsVariable,
        also={'variables/losses': 'a variable cannot be called'},
    ),
    'maximum-one-hot': Twin(
        'variables/gradients-reach',
        'argmax before the output.',
        OneHotMaximum,
        also={
            'variables/trainable-matter': 'a small change rarely moves the largest column',
            'training/has-effect': 'nor does another normalisation',
        },
    ),
    'no-trainable-list': Twin('variables/trainable-listed', 'The root has no trainable_variables.', NoTrainableList),
    'no-variables-list': Twin('variables/listed', 'The root has no variables.', NoVariablesList, spec=INFERENCE_ONLY),
    'rounded-rows': Twin('variables/gradients-reach', 'The output is rounded.', RoundedRows),
    'trainable-list-holds-frozen': Twin(
        'variables/trainable-listed', 'A kernel that was made with trainable=False is listed.', FrozenKernel
    ),
    'trainable-list-empty': Twin('variables/trainable-listed', 'trainable_variables is empty.', TrainableListEmpty),
    'trainable-not-in-variables': Twin(
        'variables/trainable-listed',
        'A trainable variable is not in `variables`.',
        TrainableNotListed,
        also={'variables/listed': 'the call uses it'},
    ),
    'trainable-signature': Twin(
        'keras/layer-loads',
        'Fine-tuning is declared for a signature.',
        signature_endpoint,
        writes=True,
        also={
            'signature/root-call': 'the spec names the signature',
            'variables/trainable-listed': 'there is no such list',
            'training/flag-accepted': 'a signature takes no flag',
            'training/same-output-contract': 'a signature takes no flag',
        },
        spec=LOGITS
        | {
            'num_classes': 2,
            'classes': 'labels-2.txt',
            'endpoint': {'signature': 'serving_default', 'output': 'logits'},
            'fine_tuning': {
                'trainable_variables': True,
                'training_argument': False,
                'training_effects': [],
                'regularization_losses': 0,
            },
        },
    ),
    'value-missing': Twin(
        'variables/restored',
        'The checkpoint has no value for one variable.',
        value_missing,
        writes=True,
        spec=INFERENCE_ONLY,
    ),
    'variable-forgotten': Twin(
        'variables/listed', 'The moving variance is not in `variables`.', VariableForgotten
    ),
    'variable-listed-twice': Twin('variables/listed', 'A variable is listed twice.', VariableListedTwice),
    'weight-not-finite': Twin(
        'variables/restored', 'A variable that inference does not read contains a NaN.', WeightNotFinite
    ),
}
