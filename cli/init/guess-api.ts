import type { SpecFacts } from './spec-facts.js';

export type Api = {
  readonly name: 'image-classification' | 'image-feature-vector';
  /** Columns of the output; a usual number where the output does not say. */
  readonly outputSize: number;
  /** Why this one, as the end of a sentence. */
  readonly because: string;
};

/** Usual numbers of classes: ImageNet with and without a background, ImageNet-21k, CIFAR, and so on. */
const usualClasses = [10, 100, 365, 1000, 1001, 8142, 18291, 21841, 21843];

/** What features end with, few or many: a pooling, or an activation that leaves no negative values. */
const ofFeatures = /^(Mean|Max|Sum|MaxPool|AvgPool|Relu6?|Elu|Selu|Softplus|Reshape|Squeeze)$/;

/** Published feature vectors have more. */
const fewColumns = 32;

/** Classifier or feature vector: a guess from the numbers and names in the model. */
export function guessApi({ output, endpoint, lastOperation }: SpecFacts, modelName: string): Api {
  const last = output.shape?.at(-1);
  const outputSize = typeof last === 'number' && last > 0 ? last : undefined;
  const name = endpoint.kind === 'signature' ? endpoint.output : output.name;
  const classes = (because: string): Api => ({
    name: 'image-classification',
    outputSize: outputSize ?? 1000,
    because,
  });
  const features = (because: string): Api => ({
    name: 'image-feature-vector',
    outputSize: outputSize ?? 1024,
    because,
  });
  if (/(^|[/_-])(soft|sig)moid|^(Log)?Softmax$/i.test(lastOperation))
    return classes(`the last operation is ${lastOperation}`);
  if (/logit|score|prob|class|predict/i.test(name)) return classes(`the output is called "${name}"`);
  if (/feature|embedding/i.test(name)) return features(`the output is called "${name}"`);
  if (/feature/i.test(modelName)) return features(`the model is called "${modelName}"`);
  if (/classif/i.test(modelName)) return classes(`the model is called "${modelName}"`);
  if (outputSize !== undefined && outputSize <= fewColumns && !ofFeatures.test(lastOperation))
    return classes(`${outputSize} columns are few for features`);
  if (outputSize !== undefined && usualClasses.includes(outputSize))
    return classes(`${outputSize} is a usual number of classes`);
  return features('nothing in the model suggests classes');
}
