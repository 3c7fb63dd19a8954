"""Rules on what the call takes and gives. Each rule yields a sentence per fault that it sees."""

import numpy as np
import tensorflow as tf

from .subject import affordable, close, side_of


def root_call(subject):
    endpoint = subject.spec.get('endpoint', '__call__')
    if endpoint != '__call__':
        yield f'users are told to call {endpoint}'
    elif not callable(subject.object):
        yield 'the root object cannot be called'


def images_argument(subject):
    for size in subject.sizes():
        for count in (1, 2):
            refusals = [refusal(subject, subject.images(count, size), **arguments) for arguments in namings(subject)]
            if all(refusals):
                yield f'float32 [{count}, {size[0]}, {size[1]}, 3]: {refusals[0]}'


def only_images_required(subject):
    images = subject.images(1)
    message = refusal(subject, images)
    if not message:
        return
    if 'too many positional arguments' in message or not all(
        refusal(subject, images, **arguments) for arguments in namings(subject)
    ):
        yield message


def namings(subject):
    """Ways to call: images alone, then with everything named that the spec knows."""
    known = {name: promised['default'] for name, promised in subject.hyperparameters.items()}
    return [{}, *({'training': value, **known} for value in subject.training_values())]


def refusal(subject, images, **arguments):
    """Why Python finds no concrete function for a call, or None; later errors are not refusals."""
    try:
        subject.call(images, **arguments)
    except (TypeError, ValueError, tf.errors.OpError) as error:
        message = str(error).strip().splitlines()[0]
        return message if message.startswith(REFUSALS) else None
    return None


# How TensorFlow begins to say that a call fits no concrete function; the last of a bare function given another dtype.
REFUSALS = ('Could not find matching concrete function', 'Binding inputs to tf.function failed', 'cannot compute')


def one_tensor(subject):
    for size in subject.sizes():
        result = subject.call(subject.images(2, size))
        if not isinstance(result, tf.Tensor):
            yield f'a {type(result).__name__} was returned'


def shape(subject):
    for size in subject.sizes():
        for count in (1, 2, 3, 9, *([130] if size == subject.sizes()[0] else [])):
            actual = subject.rows(subject.images(count, size)).shape
            if actual != (count, subject.columns):
                yield f'{actual} for {count} images of {size}'
    if np.prod(subject.sizes()[0]) <= 1024 and len(subject.rows(subject.images(600))) != 600:
        yield 'not 600 rows for 600 images'


def same_width_at_every_size(subject):
    widths = {subject.rows(subject.images(2, size)).shape[-1] for size in subject.sizes()}
    if len(widths) > 1:
        yield f'widths {sorted(widths)}'


def dtype(subject):
    for size in subject.sizes():
        actual = subject.call(subject.images(2, size)).dtype
        if actual != tf.float32:
            yield f'{actual.name}'


def finite(subject):
    for images in pictures(subject):
        if not np.all(np.isfinite(subject.rows(images))):
            yield 'NaN or infinity'


def pictures(subject):
    """Black, white, one hot pixel, noise, four colors; noise with flat channels, borders, half flat, and faint; two of each, and four."""
    for size in subject.sizes()[:2]:
        noise = subject.images(2, size)
        black = np.zeros_like(noise)
        hot = black.copy()
        hot[:, size[0] // 2, size[1] // 2] = 1
        yield from (black, black + 1, hot, noise, subject.images(4, size), 0.5 + noise * 2.0**-21)
        yield from (black + color for color in np.float32([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.5, 0.5, 0.5]]))
        yield from halftones(size)
        yield two_colors(size)
        yield from (with_part(noise, part, value) for part in parts(size) for value in (0, 0.3, 1))


def halftones(size):
    """Two images each, black and white by single pixels: a checkerboard, and stripes across and down."""
    places = np.indices(size)
    for shade in (places.sum(0), *places):
        yield np.tile(np.float32(shade % 2)[None, :, :, None], (2, 1, 1, 3))


def two_colors(size):
    """Two images, one half of each in one color and the other in another one of the same lightness."""
    second = np.indices(size)[1][None, :, :, None] >= size[1] // 2
    pairs = np.float32([[[1, 0, 0], [0, 0, 1]], [[0, 1, 0], [1, 0, 1]]])
    first, other = (pairs[:, at, None, None] for at in (0, 1))
    return np.where(second, other, first)


def parts(size):
    """Channels, borders and halves, as indices into a batch."""
    (height, width), all_ = size, slice(None)
    return (
        *((all_, all_, all_, channels) for channels in ([0], [1], [2], [0, 1], [1, 2], [0, 2])),
        (all_, [*range(height // 4), *range(height - height // 4, height)]),
        (all_, slice(height // 2)),
        (all_, all_, slice(width // 2)),
    )


def with_part(images, part, value):
    changed = images.copy()
    changed[part] = value
    return changed


def depends_on_image(subject):
    for size in subject.sizes():
        row = subject.rows(subject.images(2, size))
        if close(row[0], row[1], 1e-7):
            yield f'two images of {size} give the same row'
        last = subject.images(1, size)
        other = last.copy()
        other[:, 1:, 1:] = 1 - other[:, 1:, 1:]
        if close(subject.rows(last), subject.rows(other), 1e-7):
            yield f'pixels after the first row and column of {size} do not matter'


def every_size(subject):
    for size in subject.sizes():
        yield from failures(subject, 2, size)
    for value in (0, 1):
        yield from failures(subject, 2, subject.sizes()[0], np.full_like(subject.images(), value))


def any_batch_size(subject):
    for count in (1, 2, 3, 6, 7, 10, 14, 16, 33, 65, 130, affordable(subject, 601)):
        yield from failures(subject, count, subject.sizes()[0])


def failures(subject, count, size, images=None, **arguments):
    try:
        subject.call(subject.images(count, size) if images is None else images, **arguments)
    except (TypeError, ValueError, tf.errors.OpError) as error:
        yield f'{count} images of {size}: {str(error).strip().splitlines()[0]}'


def color_range(subject):
    declared = subject.spec.get('color_range', [0, 1])
    if declared != [0, 1]:
        yield f'declared {declared}'


def size_edge(subject):
    if subject.spec['image_size'].get('outside') != 'refused':
        return
    (h0, h1, hs), (w0, w1, ws) = (side_of(subject.spec['image_size'][side]) for side in ('height', 'width'))
    off_step = [(h0 + 1, w0)] * (hs > 1) + [(h0, w0 + 1)] * (ws > 1)
    for size in ((h0 - hs, w0), (h0, w0 - ws), (h1 + hs, w1), (h1, w1 + ws), *off_step):
        if not list(failures(subject, 1, size)):
            yield f'{size} is answered'


RULES = {
    'signature/root-call': root_call,
    'signature/images-argument': images_argument,
    'signature/only-images-required': only_images_required,
    'signature/one-tensor': one_tensor,
    'output/shape': shape,
    'output/same-width-at-every-size': same_width_at_every_size,
    'output/dtype': dtype,
    'output/finite': finite,
    'output/depends-on-image': depends_on_image,
    'input/every-size': every_size,
    'input/any-batch-size': any_batch_size,
    'input/color-range': color_range,
    'input/size-edge': size_edge,
}
