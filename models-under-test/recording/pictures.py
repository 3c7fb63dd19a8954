"""truth/pictures.json: the pixels that TensorFlow makes of the example images of every spec."""

import base64
import json

from oracle.examples import pixels_for
from oracle.subject import Subject


def record(root, file):
    rows = [row for spec in sorted((root / 'specs').glob('*.yaml')) for row in pictures(root, Subject(spec))]
    file.write_text('[\n' + ',\n'.join('  ' + json.dumps(row) for row in rows) + '\n]\n')


def pictures(root, subject):
    for image in dict.fromkeys(example['image'] for example in subject.spec.get('examples', [])):
        pixels = pixels_for(subject, image).numpy()
        yield {
            'image': str((subject.folder_of_spec / image).relative_to(root)),
            'size': list(pixels.shape[1:3]),
            'float32': base64.b64encode(pixels.astype('<f4').tobytes()).decode(),
        }
