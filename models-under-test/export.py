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
import subprocess
import sys

os.environ.setdefault('TF_CPP_MIN_LOG_LEVEL', '3')
os.environ.setdefault('CUDA_VISIBLE_DEVICES', '-1')

HERE = pathlib.Path(__file__).resolve().parent


def main():
  options = arguments()
  from recipes import conforming

  folders = {name: HERE / name for name in conforming.MODELS}
  recipes = dict(conforming.MODELS)
  if options.list:
    return print('\n'.join(recipes))
  if len(options.names) == 1:
    return recipes[options.names[0]](folders[options.names[0]])
  for name in options.names or recipes:
    print(name, flush=True)
    if os.fork() == 0:
      recipes[name](folders[name])
      os._exit(0)
    _, status = os.wait()
    if status:
      sys.exit(f'{name} could not be written')


def arguments():
  parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
  parser.add_argument('names', nargs='*')
  parser.add_argument('--list', action='store_true', help='print the names and stop')
  return parser.parse_args()


if __name__ == '__main__':
  main()
