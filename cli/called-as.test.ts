import { expect, test } from 'vitest';
import { asCalled } from './called-as.js';

const npx = { npm_lifecycle_event: 'npx', npm_lifecycle_script: '"assay" "init"' };

test('commands of a message are as the user types them', () => {
  const text = 'Then: assay check a.yaml; npx assay explain limits; model-assay 0.1.0; ~/bin/assay check';
  expect(asCalled(text, npx)).toBe(
    'Then: npx assay check a.yaml; npx assay explain limits; model-assay 0.1.0; ~/bin/assay check',
  );
  expect(asCalled(text, {})).toBe(text);
  expect(asCalled(text, { npm_lifecycle_event: 'test', npm_lifecycle_script: 'assay check' })).toBe(text);
});
