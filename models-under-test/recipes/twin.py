"""A broken twin: a model with one fault, and the check that must see it."""

import dataclasses
import typing

from .saving import save

# What the specs of twins promise by default.
FINE_TUNING = {
    'trainable_variables': 5,
    'training_argument': True,
    'training_effects': ['batch-norm'],
    'regularization_losses': 1,
}


@dataclasses.dataclass(frozen=True)
class Twin:
    check: str
    fault: str
    # Makes the root object or, with `writes`, a SavedModel in the folder it is given.
    # None: the fault lies in the spec alone, which names a conforming model.
    root: typing.Callable | None
    writes: bool = False
    # Other checks that this fault cannot but break, and why.
    also: dict = dataclasses.field(default_factory=dict)
    # Keys of the spec that differ; None leaves one out.
    spec: dict = dataclasses.field(default_factory=dict)
    # Comments at the ends of lines of the spec, by key.
    comments: dict = dataclasses.field(default_factory=dict)

    def write(self, folder):
        if self.root:
            self.root(folder) if self.writes else save(self.root(), folder)

    def spec_for(self, name):
        """The spec as a dict; features of the Tiny model, sizes 16 to 48."""
        side = {'min': 16, 'max': 48}
        spec = {
            'model': name,
            'api': 'image-feature-vector',
            'image_size': {'height': side, 'width': dict(side)},
            'num_features': 6,
            'fine_tuning': dict(FINE_TUNING),
            'runs': 40,
        }
        return {key: value for key, value in (spec | self.spec).items() if value is not None}


LOGITS = {
    'api': 'image-classification',
    'num_features': None,
    'num_classes': 6,
    'activation': 'softmax',
    'classes': 'labels-6.txt',
}
# A conforming model that keeps what the specs of twins promise.
SOUND = {'model': '../unit-features'}
INFERENCE_ONLY = {'fine_tuning': None}
