# /// script
# requires-python = ">=3.11,<3.13"
# dependencies = [
#   "tensorflow-cpu==2.21.0",
#   "tf_keras==2.21.0",
#   "keras==3.15.1",
#   "tensorflow-hub==0.16.1",
#   "numpy==2.4.6",
#   "protobuf==7.36.2",
#   "setuptools==65.5.0",
#   "pyyaml==6.0.3",
# ]
# ///
"""Writes the models under test: `uv run export.py [NAME…]`, all of them without a name.

Every model is written in a process of its own, so that the names which TensorFlow
numbers do not depend on what was written before.
"""

import argparse
import os
import pathlib
import sys
import traceback

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '-1')

HERE = pathlib.Path(__file__).resolve().parent


def main():
  options = arguments()
  from recipes.conforming import MODELS
  from recipes.twins import TWINS, write_table

  recipes = {name: (recipe, HERE / name) for name, recipe in MODELS.items()}
  recipes |= {name: (twin.write, HERE / 'twins' / name) for name, twin in TWINS.items()}
  if options.list:
    return print('\n'.join(recipes))
  for name in options.names or recipes:
    alone(name, *recipes[name])
  write_table(HERE)


def alone(name, recipe, folder):
  """Runs a recipe in a process of its own."""
  print(name, flush=True)
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


def arguments():
  parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
  parser.add_argument('names', nargs='*')
  parser.add_argument('--list', action='store_true', help='print the names and stop')
  return parser.parse_args()


if __name__ == '__main__':
  main()
