"""The rule on known answers."""

import numpy as np

from recipes.pixels import decoded

from .subject import side_of


def examples(subject):
    for example in subject.spec.get('examples', []):
        row = subject.rows(in_color_range(subject, pixels_for(subject, example['image'])))[0]
        if 'output' in example:
            stored = np.load(subject.folder_of_spec / example['output']).reshape(-1)
            if stored.shape != row.shape or not np.all(abs(row - stored) <= example.get('tolerance', 1e-3)):
                yield f'{example["image"]}: {row}, not {stored}'
        elif not rightly_classified(subject, row, example['class']):
            yield f'{example["image"]}: class {np.argmax(row)}, not {example["class"]}'


def pixels_for(subject, file):
    """At its own size where the spec allows that, else at the recommended or nearest one."""
    pixels = decoded(subject.folder_of_spec / file)
    sizes = subject.spec['image_size']
    sides = [side_of(sizes[side]) for side in ('height', 'width')] if isinstance(sizes, dict) else [side_of(sizes)] * 2
    nearest = [
        min(range(low, high + 1, step), key=lambda size: abs(size - own))
        for own, (low, high, step) in zip(pixels.shape[1:3], sides)
    ]
    if list(pixels.shape[1:3]) == nearest:
        return pixels
    return decoded(subject.folder_of_spec / file, sizes.get('recommended', nearest) if isinstance(sizes, dict) else nearest)


def in_color_range(subject, pixels):
    declared = subject.spec.get('color_range', [0, 1])
    if isinstance(declared, dict):
        return (pixels - declared['mean']) / declared['std']
    return declared[0] + pixels * (declared[1] - declared[0])


def rightly_classified(subject, row, answer):
    """One score is higher than all others, and it is that class's."""
    if isinstance(answer, str):
        names = (subject.folder_of_spec / subject.spec['classes']).read_text().splitlines()
        answer = names.index(answer)
    return bool(np.all(np.delete(row, answer) < row[answer]))


RULES = {'classification/examples': examples}
