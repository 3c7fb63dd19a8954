# <img src=x onerror=alert(1)> \u001b[31mred\u0007 \u202egnp \ud800 \ufffe ]]> breaks output/shape, as model-assay found:
# The output MUST </script><script>alert(3)</script> have & keep its "shape"; <b>'bold'</b>.
# where:    <svg onload=alert(4)>
# expected: line one
# line two\r
# line three\ttabbed
# actual:   \u001b]8;;file:///\u0007link\u001b]8;;\u0007 \udfff \u2028
#
# python -m pip install tensorflow tensorflow_hub
# python THIS_FILE [MODEL]


import glob
import os
import sys
import tarfile
import tempfile
import urllib.request

import numpy as np
import tensorflow as tf
import tensorflow_hub as hub

MODEL = sys.argv[1] if len(sys.argv) > 1 else "https://example.org/\"\\\n\u202e.tar.gz"


def broken(expected, actual):
    print("expected:", expected)
    print("actual:  ", actual)
    sys.exit(1)


def inconclusive(why):
    print(why)
    sys.exit(2)


if not os.path.isdir(MODEL):
    folder = tempfile.mkdtemp()
    try:
        tarfile.open(urllib.request.urlretrieve(MODEL)[0]).extractall(folder, filter="data")
        MODEL = os.path.dirname(glob.glob(f"{folder}/**/saved_model.pb", recursive=True)[0])
    except Exception as error:
        inconclusive(f"The archive could not be unpacked: {type(error).__name__}: {error}")


def draw(k, seed, start, count):
    """Numbers of image k in [0, 1), the same on every machine."""
    stream = ((seed ^ 0x9E3779B9) * 0x85EBCA6B + (k + 1) * 0xC2B2AE35) % 2**32
    x = (np.arange(start + 1, start + count + 1, dtype=np.uint64) * 0x9E3779B1 + stream) % 2**32
    x = (x ^ (x >> 16)) * 0x7FEB352D % 2**32
    x = (x ^ (x >> 15)) * 0x846CA68B % 2**32
    return ((x ^ (x >> 16)) >> 8) / 2**24


def hot_pixel(k, height, width, seed):
    image = np.zeros((height * width, 3))
    image[min(height * width - 1, int(draw(k, seed, 0, 1)[0] * height * width))] = 1
    return image.reshape(height, width, 3)


def batch(pattern, numbers, height, width, seed, strangers=None):
    """Images by their numbers, float32 [batch, height, width, 3]."""
    images = [(strangers if k >= 1000 else pattern)(k, height, width, seed) for k in numbers]
    return np.float32((np.float64(np.float32(images).reshape(-1, height, width, 3)) - [0.485, 0.456, 0.406]) / [0.229, 0.224, 0.225])


images = batch(hot_pixel, range(1), 1, 10000, seed=-1)
try:
    model = hub.load(MODEL)
except Exception as error:
    inconclusive(f"The model could not be loaded: {type(error).__name__}: {error}")


signature = model.signatures["serving\"default"]
first = next(iter(signature.structured_input_signature[1]))


def call(images, **arguments):
    return signature(**{first: tf.constant(images)}, **arguments)["log'its\n"]


output = call(images)
if output.shape != (len(images), 6):
    broken([len(images), 6], list(output.shape))
print("This did not show the failure.")
