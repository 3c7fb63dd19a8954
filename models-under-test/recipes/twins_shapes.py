"""Twins of shapes-classifier, for `classification/examples`: trained on other pixels, or with a wrong spec."""

from . import shapes
from .twin import FINE_TUNING, Twin

FAMILY = 'Trained on other pixels, or labelled wrongly'

FOLDER = '../../specs/shapes-classifier'
FILES = [(f'{FOLDER}/{file}', name) for file, name, *_ in shapes.EXAMPLES]
SIDE = {'min': 32, 'max': 64, 'step': 8}


def promised(**keys):
    """What the spec of shapes-classifier promises, apart from `keys`."""
    return {
        'api': 'image-classification',
        'image_size': {'height': SIDE, 'width': dict(SIDE)},
        'num_features': None,
        'num_classes': len(shapes.NAMES),
        'activation': 'softmax',
        'classes': '../../specs/shapes-classifier.labels.txt',
        'fine_tuning': FINE_TUNING | {'trainable_variables': 11, 'regularization_losses': 3},
        'examples': [{'image': file, 'class': name} for file, name in FILES],
    } | keys


def sound(**keys):
    return promised(model='../shapes-classifier', **keys)


def trained_for(what, seen):
    fault = f'The model was trained on {what}, but the spec says RGB in [0, 1].'
    return Twin('classification/examples', fault, lambda: shapes.Shapes(seen), spec=promised())


# Indices as people count who begin at 1; the last class would then have none.
FROM_ONE = [
    {'image': file, 'class': shapes.NAMES.index(name) + 1} for file, name in FILES if name != shapes.NAMES[-1]
]

TWINS = {
    'classes-counted-from-one': Twin(
        'classification/examples', 'The classes of the examples are counted from 1.', None, spec=sound(examples=FROM_ONE)
    ),
    'labels-in-another-order': Twin(
        'classification/examples',
        'The list has crosses before circles, the model circles before crosses.',
        None,
        spec=sound(classes='labels-crosses-first.txt'),
    ),
    'stored-scores-differ': Twin(
        'classification/examples',
        'The stored scores are those of another image.',
        None,
        spec=sound(examples=[{'image': f'{FOLDER}/red-circle.png', 'output': f'{FOLDER}/{shapes.SCORES}'}]),
    ),
    'trained-for-bgr': trained_for('BGR', lambda images: images[..., ::-1]),
    'trained-for-bytes': trained_for('pixels in [0, 255]', lambda images: images * 255.0),
    'trained-for-minus-one-to-one': trained_for('pixels in [-1, 1]', lambda images: images * 2.0 - 1.0),
}
