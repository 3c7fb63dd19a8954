// What a check of one's own is written with.

export { type Agreement, agreementOf, type Disagreement } from '../harness/check/agreement.js';
export type { Cause, CauseKind, Explained } from '../harness/check/cause.js';
export {
  always,
  type Check,
  type Conclusion,
  type Excuses,
  type Explanation,
  type Failure,
} from '../harness/check/check.js';
export { type Difference, differenceOf, numberText, rowOf, rowsOf } from '../harness/check/compare.js';
export { hasEndpoint } from '../harness/check/endpoint.js';
export { independentRows } from '../harness/check/independence.js';
export { leastRounding, sumsInAnyOrder } from '../harness/check/last-bits.js';
export { numericRows, requireNumbers, requireRows } from '../harness/check/numeric-rows.js';
export { Rounding } from '../harness/check/rounding.js';
export { type Compared, looser, type Tolerance } from '../harness/check/tolerance.js';
export { declaresTraining, takesTraining } from '../harness/check/training-argument.js';
export { unlessExcused } from '../harness/check/unless-excused.js';
export { LeftOut, Violation } from '../harness/check/violation.js';
export type { Contract, SizeRange } from '../harness/contract/contract.js';
export { CallFailed, CallRefused, EngineError } from '../harness/engine/process/failures.js';
export type { Arguments, Call, Noise, Subject, Tensor } from '../harness/engine/subject.js';
export { cornersOf, countCorners, sizeCorners, smallestSize } from '../harness/images/corners.js';
export type { Size } from '../harness/images/size.js';
export { type BatchSpace, spaceOf } from '../harness/images/space.js';
export { namedEndpoint } from '../harness/savedmodel/named-endpoint.js';
export type { ConcreteFunction, Endpoint, SavedModel, Variable } from '../harness/savedmodel/saved-model.js';
export type { Batch, Pattern } from '../harness/verdict/batch.js';
export type { Evidence, Finding, Level } from '../harness/verdict/run.js';
