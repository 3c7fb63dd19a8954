"""Every conforming model, by name. Each has a spec of the same name in specs/."""

from . import keras_models, oddities, reusable
from .saving import save


def saved(root):
  """A recipe that saves the object which `root()` makes."""
  return lambda folder: save(root(), folder)


MODELS = {
  'keras2-features': keras_models.keras2_features,
  'keras3-reusable': saved(keras_models.Keras3Reusable),
  'odd-captures': saved(oddities.OddCaptures),
  'tiny-classifier': saved(reusable.TinyClassifier),
  'tiny-features': saved(reusable.TinyFeatures),
}
