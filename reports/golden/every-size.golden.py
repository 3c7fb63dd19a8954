# tiny-features-truncated breaks input/every-size, as model-assay found:
# The call MUST run at every declared height and width.
# where:    call
# expected: a tensor for every height 32 … 96 and width 32 … 96
# actual:   InvalidArgumentError: Input to reshape is a tensor with 3168 values, but the requested shape has 3072
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


def noise(k, height, width, seed):
    return draw(k, seed, 0, height * width * 3).reshape(height, width, 3)


def batch(pattern, numbers, height, width, seed, strangers=None):
    """Images by their numbers, float32 [batch, height, width, 3] in [0, 1]."""
    images = [(strangers if k >= 1000 else pattern)(k, height, width, seed) for k in numbers]
    return np.float32(images).reshape(-1, height, width, 3)


images = batch(noise, range(1), 33, 32, seed=7)
try:
    model = hub.load(MODEL)
except Exception as error:
    inconclusive(f"The model could not be loaded: {type(error).__name__}: {error}")


def call(images, **arguments):
    return model(tf.constant(images), **arguments)


try:
    call(images)
except Exception as error:
    broken("an output", f"{type(error).__name__}: {error}")
print("This did not show the failure.")
