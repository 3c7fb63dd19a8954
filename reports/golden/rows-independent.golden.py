# tiny-features-truncated breaks batching/rows-independent, as model-assay found:
# At inference, a row MUST NOT depend on the other images of the batch.
# where:    row beside other images
# expected: 3.4 exactly (4 repeated calls gave the same bits) in row 1, column 1, of 3
# actual:   3.1: off by 0.3, 0.0882 of the largest value of the row, in row 1 of 3
#
# python -m pip install tensorflow tensorflow_hub
# python THIS_FILE [MODEL]


import os
import sys

import numpy as np
import tensorflow as tf
import tensorflow_hub as hub

MODEL = sys.argv[1] if len(sys.argv) > 1 else "/models/tiny-features-truncated"


def broken(expected, actual):
    print("expected:", expected)
    print("actual:  ", actual)
    sys.exit(1)


def inconclusive(why):
    print(why)
    sys.exit(2)


if not os.path.isdir(MODEL):
    inconclusive(f"There is no folder {MODEL}; name the model's: python THIS_FILE MODEL")


def draw(k, seed, start, count):
    """Numbers of image k in [0, 1), the same on every machine."""
    stream = ((seed ^ 0x9E3779B9) * 0x85EBCA6B + (k + 1) * 0xC2B2AE35) % 2**32
    x = (np.arange(start + 1, start + count + 1, dtype=np.uint64) * 0x9E3779B1 + stream) % 2**32
    x = (x ^ (x >> 16)) * 0x7FEB352D % 2**32
    x = (x ^ (x >> 15)) * 0x846CA68B % 2**32
    return ((x ^ (x >> 16)) >> 8) / 2**24


def places(height, width):
    """The middle of each pixel in [0, 1], from the top and from the left."""
    return ((np.arange(height) + 0.5) / height)[:, None], ((np.arange(width) + 0.5) / width)[None, :]


def blend(k, seed, share):
    """Two colors, mixed by a share for each pixel."""
    share = np.clip(share, 0, 1)[:, :, None]
    return draw(k, seed, 0, 3) * (1 - share) + draw(k, seed, 4, 3) * share


def black(k, height, width, seed):
    return np.zeros((height, width, 3))


def white(k, height, width, seed):
    return np.ones((height, width, 3))


def flat(k, height, width, seed):
    return np.tile(draw(k, seed, 0, 3), (height, width, 1))


def gray(k, height, width, seed):
    return np.repeat(draw(k, seed, 0, height * width).reshape(height, width, 1), 3, axis=2)


def gradient(k, height, width, seed):
    v, u = places(height, width)
    dv, du = 2 * draw(k, seed, 8, 2) - 1
    return blend(k, seed, 0.5 + (v - 0.5) * dv + (u - 0.5) * du)


def checkerboard(k, height, width, seed):
    cell = 1 + int(draw(k, seed, 8, 1)[0] * 8)
    y, x = np.arange(height) // cell, np.arange(width) // cell
    return blend(k, seed, (y[:, None] + x[None, :]) % 2)


def hot_pixel(k, height, width, seed):
    image = np.zeros((height * width, 3))
    image[min(height * width - 1, int(draw(k, seed, 0, 1)[0] * height * width))] = 1
    return image.reshape(height, width, 3)


def blobs(k, height, width, seed):
    image = flat(k, height, width, seed)
    v, u = places(height, width)
    for first in (8, 16, 24, 32):
        v0, u0, size, *color = draw(k, seed, first, 6)
        radius = 0.05 + 0.3 * size
        distance = ((v - v0) ** 2 + (u - u0) ** 2) / (2 * radius * radius)
        share = (1 / (1 + distance * distance))[:, :, None]
        image = np.float32(image * (1 - share) + np.array(color) * share)
    return image


def noise(k, height, width, seed):
    return draw(k, seed, 0, height * width * 3).reshape(height, width, 3)


def variant(k):
    return k + k // 12


def flat_channels(k, height, width, seed):
    image = noise(k, height, width, seed)
    colors = [image[0, 0].copy(), [1, 1, 1], [0, 0, 0]][variant(k) // 6 % 3]
    for c in range(3):
        if variant(k) % 6 + 1 & 1 << c:
            image[:, :, c] = colors[c]
    return image


def letterbox(k, height, width, seed):
    image = noise(k, height, width, seed)
    v, u = places(height, width)
    down, across = variant(k) % 3 != 1, variant(k) % 3 != 0
    image[(down & (abs(v - 0.5) > 0.25)) | (across & (abs(u - 0.5) > 0.25))] = variant(k) // 3 % 2
    return image


def halves(k, height, width, seed):
    v, u = places(height, width)
    second = np.broadcast_to((u if variant(k) % 2 else v) > 0.5, (height, width))
    return np.repeat((second == (variant(k) % 4 < 2))[:, :, None], 3, axis=2)


def faint(k, height, width, seed):
    share = 2.0 ** (-6 - 5 * (variant(k) % 4))
    return draw(k, seed, 0, 3 if variant(k) % 8 < 4 else 1) * (1 - share) + noise(k, height, width, seed) * share


def mixed(k, height, width, seed):
    each = (noise, blobs, gradient, flat, checkerboard, hot_pixel, white, black)
    each += (flat_channels, letterbox, halves, faint)
    return each[k % len(each)](k, height, width, seed)


def stranger(k, height, width, seed):
    each = (white, black, blobs, halves, gray, hot_pixel, checkerboard)
    return each[(k - 1000) % len(each)](k, height, width, seed)


def batch(pattern, numbers, height, width, seed, strangers=None):
    """Images by their numbers, float32 [batch, height, width, 3] in [0, 1]."""
    images = [(strangers if k >= 1000 else pattern)(k, height, width, seed) for k in numbers]
    return np.float32(images).reshape(-1, height, width, 3)


images = batch(mixed, range(3), 32, 32, seed=3)
try:
    model = hub.load(MODEL)
except Exception as error:
    inconclusive(f"The model could not be loaded: {type(error).__name__}: {error}")


def call(images, **arguments):
    return model(tf.constant(images), **arguments)


def differ(expected, actual):  # by more than rounding does on this model
    alike = (expected == actual) | (np.isnan(expected) & np.isnan(actual))
    return ~(alike | (np.abs(expected - actual) <= 0.00001 + 0 * np.abs(expected)))


def compare(what, expected, actual):
    if expected.shape != actual.shape:
        broken(expected.shape, actual.shape)
    places = np.argwhere(differ(expected, actual))
    if len(places):
        place = tuple(int(index) for index in places[0])
        broken(f"{expected[place]} at {place}, {what}", actual[place])


first = call(batch(mixed, range(3), 32, 32, seed=3), training=False, batch_norm_momentum=0.99).numpy()[1]
second = call(batch(mixed, [1003, 1, 2], 32, 32, seed=3, strangers=stranger), training=False, batch_norm_momentum=0.99).numpy()[1]
compare("for an image, in other company it is", first, second)
print("This did not show the failure.")
