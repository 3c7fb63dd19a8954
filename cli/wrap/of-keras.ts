import { firstOf, ifTrainedOnBytes, type Wrapper } from './python.js';

/** The wrapper of a Keras 3 model, from its own file: all of it is there, training included. */
export const ofKeras: Wrapper = {
  usage: 'python wrap.py model.keras model-for-hub',
  imports: ['# Layers of your own: import the modules that register them with Keras.', 'import keras'],
  given: 'model',
  init: [
    '# Called through a closure: of the model itself a SavedModel would keep what nobody can call.',
    'self._run = lambda images, training: model(images, training=training)',
    'self._height_and_width = model.inputs[0].shape[1:3]',
    'self.variables = [one.value for one in model.weights]',
    'self.trainable_variables = [one.value for one in model.trainable_weights]',
    'self.regularization_losses = [loss_of(one) for one in model.trainable_weights if one.regularizer]',
    '# The state of random layers, such as dropout.',
    'listed = {id(one) for one in model.weights}',
    'self.seeds = [one.value for one in model.variables if id(one) not in listed]',
  ],
  training: true,
  call: [ifTrainedOnBytes, ...firstOf('self._run(images, training)')],
  sizes: ['*self._height_and_width'],
  functions: [
    [
      'def loaded(path):',
      '    try:',
      '        return keras.saving.load_model(path)',
      '    except (TypeError, ValueError) as error:',
      "        sys.exit(f'{error}\\n\\n{path} could not be loaded by Keras 3.\\n{OTHER_FILES}')",
      '',
      '',
      "OTHER_FILES = '''A model of Keras 2 needs no wrapper: import tf_keras, then",
      "tf_keras.models.load_model(path).save(target, save_format='tf').",
      "A file that holds weights alone needs the code that builds the model.'''",
    ].join('\n'),
    [
      'def loss_of(variable):',
      '    """A function without arguments: the regularization loss of one variable."""',
      '    regularizer = variable.regularizer',
      '    return tf.function(lambda: tf.convert_to_tensor(regularizer(variable.value)), input_signature=[])',
    ].join('\n'),
  ],
  load: 'loaded(source)',
};
