import { EngineError } from '../../harness/engine/process/failures.js';
import { testCheck } from '../../harness/run/testing/test-check.js';
import { loads } from './loads.js';

const why = "NodeDef missing attr 'padding' from Op<name=AvgPool>\n\t [[{{node pooled}}]]";

testCheck(loads, {
  passes: [
    {
      name: 'functions that TensorFlow accepts',
      imports: { kind: 'imported', count: 3, refused: [] },
      summary: 'TensorFlow accepts 3 functions',
    },
  ],
  fails: [
    {
      name: 'one that it refuses',
      imports: { kind: 'imported', count: 3, refused: [{ function: 'spare_5', why }] },
      finding: {
        where: 'function spare_5',
        actual: "NodeDef missing attr 'padding' from Op<name=AvgPool>",
      },
    },
    {
      name: 'two that it refuses',
      imports: {
        kind: 'imported',
        count: 3,
        refused: [
          { function: 'a', why: 'no' },
          { function: 'b', why: 'nor this' },
        ],
      },
      finding: { where: 'function a', actual: 'no (and 1 other function)' },
    },
    {
      name: 'one that keeps the model from being loaded',
      imports: {
        kind: 'imported',
        count: 3,
        refused: [{ function: 'a', why: 'this TensorFlow has no operation Conv' }],
        notLoaded: new EngineError('operation-missing', 'TensorFlow has no operation Conv.'),
      },
      finding: { where: 'function a', actual: 'this TensorFlow has no operation Conv' },
    },
  ],
  undecided: [
    {
      name: 'no compiler for the addon',
      imports: { kind: 'unavailable', why: 'The addon needs a C++ compiler.' },
      reason: /C\+\+ compiler/,
    },
  ],
});
