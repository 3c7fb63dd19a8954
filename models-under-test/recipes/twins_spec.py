"""Twins whose fault lies in the spec alone: what it promises is a guess."""

from .twin import SOUND, Twin

FAMILY = 'Specs that nobody has confirmed'

TWINS = {
    'values-to-confirm': Twin(
        'spec/confirmed',
        'Two values are marked `confirm`, as `assay init` leaves them.',
        None,
        spec=SOUND,
        comments={'num_features': 'confirm: the model returns float32 [?, 6]', 'api': 'confirm'},
    ),
}
