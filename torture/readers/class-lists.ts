import path from 'node:path';
import { classNamesIn } from '../../harness/contract/class-names.js';
import { fakeContract } from '../../harness/contract/testing/fake-contract.js';
import { fakeModel } from '../../harness/savedmodel/testing/fake-model.js';
import { classIndex } from '../../suites/classification/class-index.js';
import { Files } from './files.js';
import { Misbehaved, type Place, type Reader } from './reader.js';

/** Reads a list of classes, and decides whether it names each class of a model that has as many. */
export function classListReader({ folder }: Place): Reader {
  const files = new Files(folder);
  return async (input) => {
    const file = path.join(files.place(input), 'labels.txt');
    const names = classNamesIn(file);
    if (names === undefined) return 'refused';
    const contract = fakeContract({ api: 'image-classification', num_classes: names.length, classes: file });
    if (classIndex.kind !== 'reading') throw new Misbehaved('The list is not decided by reading.');
    return classIndex.read(fakeModel(), contract).status === 'pass' ? 'accepted' : 'refused';
  };
}
