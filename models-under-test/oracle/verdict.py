"""What is broken about a model, rule by rule."""

import importlib
import pathlib
import pkgutil
import re

import tensorflow as tf

from . import files
from .subject import Subject

# Of every other module of this folder.
RULES = {
    name: rule
    for module in pkgutil.iter_modules([pathlib.Path(__file__).parent])
    if module.name != 'verdict'
    for name, rule in getattr(importlib.import_module(f'.{module.name}', __package__), 'RULES', {}).items()
}


def broken(spec_path, unasked=lambda rule, error: None):
    """Rule -> first fault. Where a rule's question could not be asked, `unasked` is told why."""
    subject = Subject(spec_path)
    unsafe = {name: next(iter(rule(subject)), None) for name, rule in files.SAFETY.items()}
    if any(unsafe.values()):
        return {name: fault for name, fault in unsafe.items() if fault}
    try:
        subject.load()
    except Exception as error:  # whatever TensorFlow makes of a folder that is no SavedModel
        lacking = 'not found in checkpoint' in str(error)
        refused = re.search(r'\b([Nn]ode|NodeDef)\b', str(error))
        name = 'variables/restored' if lacking else 'signature/loads' if refused else 'signature/root-call'
        return {name: str(error)}
    faults = {name: first_fault(rule, subject, unasked) for name, rule in RULES.items()}
    return {name: fault for name, fault in faults.items() if fault}


def first_fault(rule, subject, unasked):
    try:
        return next(iter(rule(subject)), None)
    except (TypeError, ValueError, AttributeError, KeyError, OSError, tf.errors.OpError) as error:
        return unasked(rule.__name__, error)


def disagreements(spec_path, expected, allowed):
    """Sentences: a check of `expected` that sees nothing, or one that sees a fault and is not in `allowed`."""
    unasked = []
    found = broken(spec_path, lambda rule, error: unasked.append(f'{rule} could not be asked: {error}'))
    for check in sorted(expected - found.keys()):
        yield f'{check} sees no fault'
    for check in sorted(found.keys() - expected - allowed):
        yield f'{check} sees one: {found[check]}'
    if not expected:
        yield from unasked
