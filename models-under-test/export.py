# /// script
# requires-python = ">=3.11,<3.13"
# dependencies = [
#   "tensorflow-cpu==2.21.0",
#   "tf_keras==2.21.0",
#   "keras==3.15.1",
#   "jax==0.10.2",
#   "tensorflow-hub==0.16.1",
#   "numpy==2.4.6",
#   "protobuf==7.36.2",
#   "setuptools==65.5.0",
#   "pyyaml==6.0.3",
#   "pillow==13.0.0",
# ]
# ///
"""Writes the models under test: `uv run export.py [NAME…]`, all of them without a name.

Every model is written in a process of its own, so that the names which TensorFlow
numbers do not depend on what was written before.
"""

import argparse
import json
import os
import pathlib
import sys
import traceback

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '-1')

HERE = pathlib.Path(__file__).resolve().parent


def main():
    options = arguments()
    if options.verify:
        return verify(options.names)
    if options.record:
        return record(options.names)
    from recipes.conforming import MODELS, ON_DEMAND
    from recipes.faults import FAULTS
    from recipes.replacements import REPLACEMENTS
    from recipes.saving import save
    from recipes.twins import TWINS, write_table
    from recipes.twins_first_function import NEIGHBORS

    recipes = {name: (recipe, HERE / name) for name, recipe in MODELS.items()}
    recipes |= {name: (twin.write, HERE / 'twins' / name) for name, twin in TWINS.items()}
    recipes |= {name: (recipe, HERE / 'faults' / name) for name, recipe in FAULTS.items()}
    recipes |= {name: (recipe, HERE / 'replacements' / name) for name, recipe in REPLACEMENTS.items()}
    neighbors = {name: lambda folder, root=root: save(root(), folder) for name, root in NEIGHBORS.items()}
    recipes |= {name: (recipe, HERE / 'neighbors' / name) for name, recipe in neighbors.items()}
    if options.on_demand:
        name = options.on_demand
        return alone(name, ON_DEMAND[name], HERE / 'on-demand' / name)
    if options.list:
        return print('\n'.join([*recipes, *(f'{name} (on demand)' for name in ON_DEMAND)]))
    for name in options.names or recipes:
        alone(name, *recipes[name])
    write_table(HERE)


def alone(name, recipe, folder):
    """Runs a recipe in a process of its own."""
    from tensorflow.python.eager import context

    print(name, flush=True)
    if context.context()._initialized:
        sys.exit('A recipe computes in TensorFlow when it is imported: forked processes would hang.')
    child = os.fork()
    if child == 0:
        try:
            recipe(folder)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(1)
    if os.waitpid(child, 0)[1]:
        sys.exit(f'{name} could not be written')


def verify(names):
    """Loads what lies on disk and asks the oracle; conforming models first, then the twins."""
    from oracle.verdict import disagreements

    faults = 0
    for name, spec, expected, allowed in claims():
        if names and name not in names:
            continue
        problems = list(disagreements(spec, expected, allowed))
        print(name, 'as claimed' if not problems else 'NOT as claimed', *problems, sep='\n  ', flush=True)
        faults += bool(problems)
    sys.exit(f'{faults} models are not as claimed' if faults else 0)


def claims():
    """(name, spec, checks that must fail, checks that may) of every model."""
    for spec in sorted((HERE.parent / 'specs').glob('*.yaml')):
        yield spec.stem, spec, waived(spec), set()
    for twin in json.loads((HERE / 'twins.json').read_text()):
        yield twin['twin'], HERE / 'twins' / f'{twin["twin"]}.yaml', {twin['check']}, set(twin['also']) | waived(HERE / 'twins' / f'{twin["twin"]}.yaml')


def waived(spec):
    """The checks that a conforming model fails, as its spec says itself."""
    import yaml

    return {waiver['check'] for waiver in yaml.safe_load(spec.read_text()).get('waivers', [])}


def record(names):
    """Writes truth/: results of calls of the conforming models, which calls are accepted, and pixels of images."""
    from recording import calls, pictures, resolution

    for spec in sorted((HERE.parent / 'specs').glob('*.yaml')):
        if not names or spec.stem in names:
            print(spec.stem, flush=True)
            calls.record(spec, HERE / 'truth' / f'{spec.stem}.json')
    if not names:
        resolution.record(HERE.parent, HERE / 'truth' / 'resolution.json')
        pictures.record(HERE.parent, HERE / 'truth' / 'pictures.json')


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('names', nargs='*', help='models to write, verify or record; all without one')
    parser.add_argument('--list', action='store_true', help='print the names and stop')
    parser.add_argument('--on-demand', metavar='NAME', help='write a full-size model into on-demand/')
    parser.add_argument('--verify', action='store_true', help='load every model and check that it is as claimed')
    parser.add_argument('--record', action='store_true', help='write truth/ anew')
    return parser.parse_args()


if __name__ == '__main__':
    main()
