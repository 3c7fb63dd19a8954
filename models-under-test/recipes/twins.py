"""Every broken twin, by name."""

import json

import yaml

from . import (
    twins_batching,
    twins_contents,
    twins_dropout,
    twins_dropout_graph,
    twins_dropout_mixing,
    twins_dropout_state,
    twins_files,
    twins_gradients,
    twins_hyperparameters,
    twins_output,
    twins_scores,
    twins_sequences,
    twins_shapes,
    twins_signature,
    twins_together,
    twins_training,
    twins_variables,
)

FAMILIES = (
    twins_batching,
    twins_contents,
    twins_signature,
    twins_output,
    twins_training,
    twins_sequences,
    twins_dropout,
    twins_dropout_graph,
    twins_dropout_mixing,
    twins_dropout_state,
    twins_variables,
    twins_gradients,
    twins_hyperparameters,
    twins_files,
    twins_scores,
    twins_shapes,
    twins_together,
)
TWINS = dict(sorted(pair for family in FAMILIES for pair in family.TWINS.items()))


def write_table(folder):
    """twins.json: which check must see which twin; one spec beside each."""
    rows = [{'twin': name, 'check': twin.check, 'fault': twin.fault, 'also': twin.also} for name, twin in TWINS.items()]
    (folder / 'twins.json').write_text('[\n' + ',\n'.join('  ' + json.dumps(row) for row in rows) + '\n]\n')
    for name, twin in TWINS.items():
        (folder / 'twins' / f'{name}.yaml').write_text(spec_text(name, twin))


def spec_text(name, twin):
    head = f'# yaml-language-server: $schema=../../specs/spec.schema.json\n# {twin.fault} Must fail {twin.check}.\n'
    return head + yaml.safe_dump(twin.spec_for(name), sort_keys=False, default_flow_style=None, width=120)
