import type { Contract } from '../contract.js';
import { contractOf } from '../parsing/contract-of.js';
import type { RawSpec } from '../raw-spec.js';

/** Keys of a spec, as the YAML file has them; what is left out is as `fakeContract` says. */
export type FakeSpec = Partial<RawSpec>;

/**
 * The contract of a spec with these keys, which are taken as they are. Left out: feature vectors of 4 columns, images of
 * 8 to 12 pixels on each side, at most 2000 pixels per call and 10 random cases per property, so that tests are quick.
 */
export function fakeContract(spec: FakeSpec = {}): Contract {
  const columns = spec.api === 'image-classification' ? { num_classes: 4 } : { num_features: 4 };
  const limits = { pixels_per_call: 2000, ...spec.limits };
  return contractOf({ ...usual, ...columns, ...spec, limits }, '/specs/fake.yaml');
}

const usual: RawSpec = {
  model: 'fake',
  api: 'image-feature-vector',
  image_size: { height: { min: 8, max: 12 }, width: { min: 8, max: 12 } },
  runs: 10,
};
