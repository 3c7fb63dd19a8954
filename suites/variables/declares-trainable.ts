import type { Contract } from '../../harness/contract/contract.js';

/** For checks of trainable variables: true where the spec promises some. */
export function declaresTrainable({ fineTuning }: Contract): true | string {
  if (fineTuning === undefined) return 'The spec declares no fine-tuning.';
  const { trainableVariables } = fineTuning;
  return (
    (trainableVariables !== false && trainableVariables !== 0) || 'The spec declares no trainable variables.'
  );
}
