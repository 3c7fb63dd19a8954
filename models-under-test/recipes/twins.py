"""Every broken twin, by name."""

import importlib
import json
import pathlib
import pkgutil
import re

import yaml

# The modules of this folder that are called twins_….
FAMILIES = [
    importlib.import_module(f'.{module.name}', __package__)
    for module in pkgutil.iter_modules([pathlib.Path(__file__).parent])
    if module.name.startswith('twins_')
]
TWINS = dict(sorted(pair for family in FAMILIES for pair in family.TWINS.items()))
FAMILY_OF = {name: family.FAMILY for family in FAMILIES for name in family.TWINS}


def write_table(folder):
    """twins.json: which check must see which twin; one spec beside each."""
    rows = [
        {'twin': name, 'check': twin.check, 'family': FAMILY_OF[name], 'fault': twin.fault, 'also': twin.also}
        for name, twin in TWINS.items()
    ]
    (folder / 'twins.json').write_text('[\n' + ',\n'.join('  ' + json.dumps(row) for row in rows) + '\n]\n')
    for name, twin in TWINS.items():
        (folder / 'twins' / f'{name}.yaml').write_text(spec_text(name, twin))


def spec_text(name, twin):
    head = f'# yaml-language-server: $schema=../../specs/spec.schema.json\n# {twin.fault} Must fail {twin.check}.\n'
    text = yaml.safe_dump(twin.spec_for(name), sort_keys=False, default_flow_style=None, width=120)
    for key, comment in twin.comments.items():
        text = re.sub(f'^{key}:.*', lambda line: f'{line[0]} # {comment}', text, flags=re.MULTILINE)
    return head + text
