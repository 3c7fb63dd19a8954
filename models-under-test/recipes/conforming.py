"""Every conforming model, by name. Each has a spec of the same name in specs/."""

from . import heads, inner_randomness, keras_models, look_dropped, oddities, reusable, shapes, twins_sequences
from .saving import save


def saved(root):
    """A recipe that saves the object which `root()` makes."""
    return lambda folder: save(root(), folder)


MODELS = {
    'adapter-on-request': saved(heads.AdapterOnRequest),
    'all-positive-logits': saved(inner_randomness.AllPositiveLogits),
    'attention-dropout': saved(inner_randomness.AttentionDropout),
    'augments-in-training': saved(inner_randomness.AugmentsInTraining),
    'averaged-weights': saved(heads.AveragedWeights),
    'bare-function': saved(oddities.BareFunction),
    'buffer-goes-round': saved(twins_sequences.BufferGoesRound),
    'constant-among-others': saved(inner_randomness.ConstantAmongOthers),
    'cosine-head': saved(heads.CosineHead),
    'discrete-masks': saved(inner_randomness.DiscreteMasks),
    'dropout-of-eight-units': saved(inner_randomness.DropoutOfEightUnits),
    'gradients-kept-finite': saved(heads.GradientsKeptFinite),
    'half-precision-inside': saved(look_dropped.HalfPrecisionInside),
    'inference-only': saved(oddities.InferenceOnly),
    'inner-dropout-090': saved(inner_randomness.InnerDropout090),
    'inner-dropout-gates': saved(inner_randomness.InnerDropoutGates),
    'inner-dropout-relu': saved(inner_randomness.InnerDropoutReLU),
    'jump-relu': saved(look_dropped.JumpReLU),
    'k-winners': saved(look_dropped.KWinners),
    'keras2-augmented': keras_models.keras2_augmented,
    'keras2-features': keras_models.keras2_features,
    'keras3-attention': saved(keras_models.keras3_attention),
    'keras3-reusable': saved(keras_models.keras3_reusable),
    'keyword-only': saved(oddities.KeywordOnly),
    'looks-up-in-table': saved(twins_sequences.LooksUpInTable),
    'negative-features': saved(oddities.NegativeFeatures),
    'odd-captures': saved(oddities.OddCaptures),
    'one-class': saved(oddities.OneClass),
    'one-unit-per-feature': saved(inner_randomness.OneUnitPerFeature),
    'one-unit-per-relu-feature': saved(look_dropped.OneUnitPerReLUFeature),
    'resizes-inside': saved(oddities.ResizesInside),
    'seeded-dropout': saved(oddities.SeededDropout),
    'seldom-used-parts': saved(heads.SeldomUsedParts),
    'shapes-classifier': shapes.shapes_classifier,
    'shared-layers': saved(oddities.SharedLayers),
    'signature-endpoint': oddities.signature_endpoint,
    'sizes-from-75': saved(oddities.SizesFrom75),
    'some-always-zero': saved(inner_randomness.SomeAlwaysZero),
    'sparse-features': saved(oddities.SparseFeatures),
    'spatial-dropout-positions': saved(inner_randomness.SpatialDropoutPositions),
    'stochastic-depth': saved(inner_randomness.StochasticDepth),
    'stochastic-depth-last': saved(inner_randomness.StochasticDepthLast),
    'strongly-negative-bias': saved(inner_randomness.StronglyNegativeBias),
    'tensor-training-flag': saved(oddities.TensorTrainingFlag),
    'tiny-classifier': saved(reusable.TinyClassifier),
    'tiny-features': saved(reusable.TinyFeatures),
    'two-classes': saved(oddities.TwoClasses),
    'unit-features': saved(oddities.UnitFeatures),
    'warms-up': saved(twins_sequences.WarmsUp),
}

# Too large to keep: written into on-demand/ when asked for.
ON_DEMAND = {'mobilenet-v2': keras_models.mobilenet_v2}
