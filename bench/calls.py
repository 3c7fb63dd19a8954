"""Makes the calls of a file, as people write it or through concrete functions, and prints how long each part took.

    python calls.py MODEL CALLS.json naive|concrete
"""

import json
import resource
import sys
import time

begun = time.perf_counter()

import numpy as np
import tensorflow as tf
import tensorflow_hub as hub


def main(path: str, calls_file: str, way: str) -> None:
    imported = time.perf_counter()
    model = hub.load(path)
    call = concrete(model) if way == 'concrete' else (lambda images, args: model(images, **args))
    loaded = time.perf_counter()
    with open(calls_file, encoding='utf-8') as file:
        calls = json.load(file)
    draw = np.random.default_rng(1)
    spent = 0.0
    for one in calls:
        images = tf.constant(draw.random((one['count'], one['height'], one['width'], 3), dtype=np.float32))
        start = time.perf_counter()
        call(images, one['arguments']).numpy()
        spent += time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    parts = {'startMs': imported - begun, 'loadMs': loaded - imported, 'callMs': spent}
    print(json.dumps({**{name: 1000 * seconds for name, seconds in parts.items()}, 'peakBytes': peak}))


def concrete(model):
    """Each concrete function is looked up once for all image sizes, which spares the tracing of new shapes."""
    known = {}

    def call(images, args):
        key = json.dumps(args, sort_keys=True)
        if key not in known:
            images_of_any_size = tf.TensorSpec([None, None, None, 3], tf.float32)
            known[key] = model.__call__.get_concrete_function(images_of_any_size, **args)
        return known[key](images)

    return call


main(*sys.argv[1:])
