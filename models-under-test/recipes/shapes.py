"""A classifier that was really trained, on circles and crosses that are drawn here, and twins trained on other pixels."""

import numpy as np
import tensorflow as tf
from PIL import Image

from .layers import BatchNorm, Convolution, Dense, Draw, decay
from .pixels import decoded
from .saving import save
from .tiny import IMAGES, Reusable

COLORS = {'red': (1, 0, 0), 'blue': (0, 0, 1), 'white': (1, 1, 1)}
FORMS = ('circle', 'cross')
NAMES = [f'{color} {form}' for color in COLORS for form in FORMS]
# Square sizes trained on; the network pools over what is left, so that sizes between work too.
SIZES = (32, 48, 64)


def drawn(random, name, height, width):
    """float32 [height, width, 3] in [0, 1]: one form, somewhere, on a gray ground with some noise."""
    color, form = name.split()
    radius = random.uniform(0.2, 0.4) * min(height, width)
    y = np.arange(height)[:, None] + 0.5 - random.uniform(radius, height - radius)
    x = np.arange(width)[None, :] + 0.5 - random.uniform(radius, width - radius)
    if form == 'circle':
        beyond = np.hypot(y, x) - radius
    else:
        beyond = np.maximum(np.minimum(abs(y), abs(x)) - radius / 5, np.maximum(abs(y), abs(x)) - radius)
    inside = np.clip(0.5 - beyond, 0, 1)[..., None]
    paint = np.clip(np.array(COLORS[color]) * random.uniform(0.7, 1.0) + random.uniform(0, 0.15, 3), 0, 1)
    image = random.uniform(0.2, 0.5) * (1 - inside) + paint * inside
    return np.clip(image + random.normal(0, 0.03, image.shape), 0, 1).astype(np.float32)


class Shapes(Reusable):
    """Three convolutions with batch norm, mean over the pixels, logits of six classes; 32×32 to 64×64.

    `seen` makes what the model is trained on of RGB in [0, 1].
    """

    def __init__(self, seen=tf.identity):
        super().__init__(name='shapes')
        draw = Draw(51)
        channels = (3, 8, 16, 32)
        self.convolutions = [Convolution(draw, a, b, stride=2) for a, b in zip(channels, channels[1:])]
        self.norms = [BatchNorm(draw, b) for b in channels[1:]]
        self.logits = Dense(draw, channels[-1], len(NAMES), name='logits')
        self.list_variables(*self.convolutions, *self.norms, self.logits)
        self.regularization_losses = [decay(layer.kernel) for layer in self.convolutions]
        train(self, seen)

    @tf.function
    def __call__(self, images, training=False):
        return self.scores(images, training)

    def scores(self, images, training):
        maps = images
        for convolution, norm in zip(self.convolutions, self.norms):
            maps = tf.nn.relu(norm(convolution(maps), training))
        return self.logits(tf.reduce_mean(maps, [1, 2]))

    def trace(self):
        for training in (False, True):
            self.__call__.get_concrete_function(IMAGES, training=training)


def train(model, seen, steps=500, batch=24):
    """Adam on images drawn from a seed: the same weights again, on the same kind of processor."""
    tf.config.experimental.enable_op_determinism()
    random = np.random.RandomState(52)
    optimizer = Adam(model.trainable_variables)

    @tf.function(reduce_retracing=True)
    def step(images, labels, rate):
        with tf.GradientTape() as tape:
            scores = model.scores(seen(images), training=True)
            loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, scores))
        optimizer.apply(tape.gradient(loss, model.trainable_variables), rate)
        return loss

    for number in range(steps):
        size = SIZES[random.randint(len(SIZES))]
        labels = random.randint(len(NAMES), size=batch)
        images = np.stack([drawn(random, NAMES[label], size, size) for label in labels])
        step(images, labels, tf.constant(0.01 * (1 - number / steps), tf.float32))


class Adam:
    """The optimizer, without what Keras would add to the object graph."""

    def __init__(self, variables):
        self.variables = variables
        self.moments = [(tf.Variable(tf.zeros_like(v)), tf.Variable(tf.zeros_like(v))) for v in variables]
        self.step = tf.Variable(0.0)

    def apply(self, gradients, rate):
        self.step.assign_add(1.0)
        rate = rate * tf.sqrt(1 - 0.999**self.step) / (1 - 0.9**self.step)
        for variable, gradient, (first, second) in zip(self.variables, gradients, self.moments):
            first.assign(0.9 * first + 0.1 * gradient)
            second.assign(0.999 * second + 0.001 * gradient**2)
            variable.assign_sub(rate * first / (tf.sqrt(second) + 1e-7))


# File, what it shows, height and width, and how it is written; each with the seed that it is drawn from.
EXAMPLES = (
    ('red-circle.png', 'red circle', (32, 32), {}, 4),
    ('red-cross.jpg', 'red cross', (40, 32), {'quality': 90}, 32),
    ('blue-circle.webp', 'blue circle', (32, 48), {'quality': 90}, 29),
    ('blue-cross.bmp', 'blue cross', (32, 32), {}, 53),
    ('white-circle-gray.png', 'white circle', (40, 40), {'mode': 'L'}, 13),
    ('white-cross-alpha.png', 'white cross', (32, 40), {'mode': 'RGBA'}, 46),
    ('red-circle-odd-size.png', 'red circle', (37, 51), {}, 37),
)
SCORES = 'blue-circle.npy'


def shapes_classifier(folder):
    """The classifier, and its example images beside its spec."""
    save(Shapes(), folder)
    examples = folder.parents[1] / 'specs' / folder.name
    examples.mkdir(exist_ok=True)
    for file, name, size, how, seed in EXAMPLES:
        write(drawn(np.random.RandomState(seed), name, *size), examples / file, **how)
    scores = tf.saved_model.load(str(folder))(decoded(examples / 'blue-circle.webp'))
    np.save(examples / SCORES, scores.numpy()[0])


def write(pixels, file, mode='RGB', **options):
    image = Image.fromarray(np.round(pixels * 255).astype(np.uint8)).convert(mode)
    if mode == 'RGBA':
        image.putalpha(Image.linear_gradient('L').resize(image.size))
    image.save(file, **options)
