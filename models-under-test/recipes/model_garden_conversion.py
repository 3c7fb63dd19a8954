# /// script
# requires-python = ">=3.11,<3.12"
# dependencies = [
#   "tf-models-official==2.19.1",
#   "tensorflow-cpu==2.19.0",
#   "tf_keras==2.19.0",
#   "tensorflow-datasets==4.9.10",
#   "tensorflow-metadata==1.17.3",
#   "gin-config==0.5.0",
#   "matplotlib==3.11.2",
#   "numpy==2.1.3",
#   "opencv-python-headless==5.0.0.93",
#   "pillow==13.0.0",
#   "protobuf==5.29.6",
#   "pycocotools==2.0.11",
#   "PyYAML==6.0.4",
#   "scipy==1.17.1",
# ]
# ///
"""Has Model Garden's export_saved_model write a small classifier: `uv run --script model_garden_conversion.py FOLDER`.

tf-models-official asks for more packages than its vision models import; `pip install --no-deps` leaves those out.
"""

import os
import shutil
import sys
import tempfile

os.environ['TF_USE_LEGACY_KERAS'] = '1'

import tensorflow as tf
import tf_keras
from official.core import config_definitions
from official.vision.configs import image_classification as classification
from official.vision.modeling.classification_model import ClassificationModel
from official.vision.serving import export_saved_model_lib, image_classification

SIZE = [32, 32]


def network():
    """Logits of 6 classes, by a convolution in the place of a backbone."""
    images = tf_keras.Input([*SIZE, 3])
    maps = tf_keras.layers.Conv2D(8, 3, 2, activation='relu')(images)
    backbone = tf_keras.Model(images, {'1': maps})
    return ClassificationModel(backbone, 6, tf_keras.layers.InputSpec(shape=[None, *SIZE, 3]))


def export(folder):
    tf_keras.utils.set_random_seed(31)
    task = classification.ImageClassificationTask(train_data=classification.DataConfig(input_path=''))
    params = config_definitions.ExperimentConfig(task=task)
    model = network()
    with tempfile.TemporaryDirectory() as written:
        checkpoint = tf.train.Checkpoint(model=model).save(f'{written}/checkpoint')
        export_saved_model_lib.export_inference_graph(
            input_type='image_tensor',
            batch_size=None,
            input_image_size=SIZE,
            params=params,
            checkpoint_path=checkpoint,
            export_dir=f'{written}/exported',
            export_module=image_classification.ClassificationModule(
                params, batch_size=None, input_image_size=SIZE, model=model
            ),
        )
        shutil.copytree(f'{written}/exported', folder, dirs_exist_ok=True)


export(sys.argv[1])
