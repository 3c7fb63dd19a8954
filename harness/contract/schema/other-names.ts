/** Keys that other tools have for what a spec says, or that nothing in a spec says, each with what to write. */
const otherNames: readonly (readonly [names: readonly string[], write: string])[] = [
  [
    ['input_shape', 'input_size', 'image_shape', 'shape', 'size', 'resolution', 'sizes'],
    'sizes are `image_size: { height: 224, width: 224 }`, or ranges: `height: { min: 32, max: 512 }`',
  ],
  [
    ['labels', 'label', 'label_file', 'labels_file', 'class_names', 'classes_file', 'label_map'],
    'the list of classes is `classes: labels.txt`, a line for each',
  ],
  [
    [
      'preprocessing',
      'range',
      'pixel_range',
      'value_range',
      'input_range',
      'scale',
      'rescale',
      'normalization',
    ],
    'pixel values are `color_range: [0, 1]`; other ranges are `[-1, 1]`, `[0, 255]`, or mean and std',
  ],
  [
    ['dtype', 'input_dtype', 'type_of_images'],
    'images are float32 for every model of the contract: remove it',
  ],
  [
    ['batch', 'batch_size', 'max_batch_size', 'batch_sizes'],
    'any batch size must run: remove it; `limits.pixels_per_call` limits what is tried',
  ],
  [['num_labels', 'number_of_classes', 'n_classes', 'classes_count'], 'it is `num_classes: 1000`'],
  [
    ['feature_size', 'embedding_size', 'embedding_dim', 'feature_dim', 'dim', 'dims'],
    'it is `num_features: 1280`',
  ],
  [['task', 'kind', 'model_type'], 'it is `api: image-classification` or `api: image-feature-vector`'],
  [['path', 'url', 'model_path', 'saved_model', 'handle'], 'it is `model: path/to/model`'],
  [
    ['training', 'trainable', 'finetune', 'finetuning'],
    'training is promised by `fine_tuning: { training_argument: true }`',
  ],
  [
    ['dropout', 'dropout_rate', 'arguments', 'args', 'params', 'parameters'],
    'arguments of the call are `hyperparameters: { dropout_rate: { type: float, default: 0.2, min: 0, max: 1, affects: training } }`',
  ],
  [
    ['skip', 'ignore', 'exclude', 'allow_failures'],
    'a check that may fail has a waiver: `waivers: [{ check: ID, reason: WHY }]`',
  ],
];

/** What to write in the place of a key of another name, as a clause; undefined for one that nobody uses. */
export function writtenAs(key: string): string | undefined {
  const plain = key.toLowerCase().replaceAll('-', '_');
  return otherNames.find(([names]) => names.includes(plain))?.[1];
}
