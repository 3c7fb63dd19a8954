import type { Check } from '../../harness/check/check.js';
import { Violation } from '../../harness/check/violation.js';
import { spaceOf } from '../../harness/images/batches.js';
import { cornersOf } from '../../harness/images/corners.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import { declaresTraining } from './argument.js';

const training = { training: true };

export const leavesWeightsAlone: Check = {
  id: 'training/leaves-weights-alone',
  level: 'must',
  demands: 'A call with training=True MUST change no trainable variable.',
  applies: declaresTraining,
  kind: 'property',
  corners: cornersOf,
  space: spaceOf,
  failedCall: 'left-out',
  holds: async (subject, batch) => {
    const changed = await subject.changedBy(batch, training);
    const weights = trainablePaths(subject.model);
    const touched = changed.filter((path) => weights.has(path));
    if (touched.length === 0) return;
    const actual = `changed: ${touched.join(', ')}`;
    throw new Violation({
      where: 'trainable variables after the call',
      expected: 'as before',
      actual,
      arguments: training,
    });
  },
  held: () => 'no trainable variable changed with training=True',
};

/** What the model lists as trainable; where it lists nothing, what is marked so. */
function trainablePaths(model: SavedModel): Set<string> {
  const listed = new Set((model.trainableVariables ?? []).map(({ nodeId }) => nodeId));
  const trainable = model.variables.filter(({ nodeId, trainable }) =>
    model.trainableVariables ? listed.has(nodeId) : trainable,
  );
  return new Set(trainable.map(({ path }) => path));
}
