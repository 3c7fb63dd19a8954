"""What is broken about a model, rule by rule."""

import tensorflow as tf

from . import calling, files, fine_tuning
from .subject import Subject

RULES = calling.RULES | fine_tuning.RULES | files.RULES


def broken(spec_path, unasked=lambda rule, error: None):
  """Rule -> first fault. Where a rule's question could not be asked, `unasked` is told why."""
  subject = Subject(spec_path)
  try:
    subject.object
  except Exception as error:  # whatever TensorFlow makes of a folder that is no SavedModel
    return {'signature/root-call': str(error)}
  faults = {name: first_fault(rule, subject, unasked) for name, rule in RULES.items()}
  return {name: fault for name, fault in faults.items() if fault}


def first_fault(rule, subject, unasked):
  try:
    return next(iter(rule(subject)), None)
  except (TypeError, ValueError, AttributeError, KeyError, OSError, tf.errors.OpError) as error:
    return unasked(rule.__name__, error)
