"""Images to call models with: the pattern "noise", pixel for pixel as the harness makes it, and image files."""

import numpy as np
import tensorflow as tf


def noise(count, height, width, seed):
    """float32 [count, height, width, 3] in [0, 1)."""
    with np.errstate(over='ignore'):
        return np.stack([image(k, height, width, seed) for k in range(count)])


def image(k, height, width, seed):
    u = np.uint32
    h = u(seed ^ 0x9E3779B9) * u(0x85EBCA6B) + u(k + 1) * u(0xC2B2AE35)
    x = h + np.arange(1, height * width * 3 + 1, dtype=u) * u(0x9E3779B1)
    x ^= x >> u(16)
    x *= u(0x7FEB352D)
    x ^= x >> u(15)
    x *= u(0x846CA68B)
    x ^= x >> u(16)
    return ((x >> u(8)).astype(np.float32) / np.float32(2**24)).reshape(height, width, 3)


def decoded(file, size=None):
    """An image file as float32 [1, height, width, 3] in [0, 1], read as publishers of models recommend."""
    pixels = tf.io.decode_image(tf.io.read_file(str(file)), channels=3, expand_animations=False)
    pixels = tf.image.convert_image_dtype(pixels, tf.float32)[tf.newaxis]
    return tf.image.resize(pixels, size) if size else pixels
