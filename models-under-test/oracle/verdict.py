"""What is broken about a model, rule by rule."""

import tensorflow as tf

from . import calling, files, fine_tuning
from .subject import Subject

RULES = calling.RULES | fine_tuning.RULES | files.RULES


def broken(spec_path):
  """Rule -> first fault. A rule whose own question could not be asked is left out."""
  subject = Subject(spec_path)
  found = {}
  for name, rule in RULES.items():
    fault = first_fault(rule, subject)
    if fault:
      found[name] = fault
  return found


def first_fault(rule, subject):
  try:
    return next(iter(rule(subject)), None)
  except (TypeError, ValueError, AttributeError, KeyError, OSError, tf.errors.OpError) as error:
    return None if UNASKED is None else UNASKED(rule, error)


UNASKED = None
