// What tests of one's own checks are written with.

export { type FakeSpec, fakeContract } from '../harness/contract/testing/fake-contract.js';
export { CallFailed, CallRefused, EngineError } from '../harness/engine/process/failures.js';
export type {
  CallSituation,
  FakeAnswer as Answer,
  FakeBehavior,
} from '../harness/engine/testing/fake-behavior.js';
export { type FakeSubjectOptions, fakeSubject } from '../harness/engine/testing/fake-subject.js';
export { changed, tensor } from '../harness/engine/testing/tensors.js';
export { type CheckCases, type Runner, testCheck } from '../harness/run/testing/test-check.js';
export { type FakeModelOptions, fakeModel } from '../harness/savedmodel/testing/fake-model.js';
