import path from 'node:path';
import { openSubject } from '../../harness/engine/open.js';
import type { OpenSubject } from '../../harness/engine/open-subject.js';
import { EngineError } from '../../harness/engine/process/failures.js';
import { imageFormatOf, imageFormats } from '../../harness/images/image-format.js';
import { readSavedModel } from '../../harness/savedmodel/reading/read.js';
import { specOfModel } from '../../proof/material.js';
import { inProject } from '../../proof/project.js';
import { contractAt } from '../../proof/running.js';
import { Files } from './files.js';
import { Misbehaved, type Place, type Reader } from './reader.js';

const model = 'tiny-classifier';

/** Recognizes the format of an image by its bytes. */
export function imageReader(): Reader {
  return async ({ files }) => {
    const format = imageFormatOf(files.image ?? new Uint8Array());
    return imageFormats.some((one) => one === format) ? 'accepted' : 'refused';
  };
}

/** Has TensorFlow decode an image, in the confined process of a model, as an example is. */
export function decodedImageReader({ folder, addon }: Place): Reader {
  const files = new Files(folder);
  let opened: Promise<OpenSubject> | undefined;
  return async (input) => {
    const image = path.join(files.place(input), 'image');
    opened ??= opening(image, folder, addon ?? '');
    return decoded(await opened, image);
  };
}

async function decoded(subject: OpenSubject, image: string): Promise<'accepted' | 'refused'> {
  try {
    subject.deadline = performance.now() + 60_000;
    await subject.sizeOf(image);
    return 'accepted';
  } catch (error) {
    if (error instanceof EngineError && error.failure !== 'unreadable')
      throw new Misbehaved(`${error.failure}: ${error.message}`);
    throw error;
  }
}

async function opening(image: string, workFolder: string, addon: string): Promise<OpenSubject> {
  const contract = await contractAt(specOfModel(model));
  const examples = [{ image, expects: { kind: 'class', class: 0 } as const }];
  const read = await readSavedModel(inProject('models-under-test', model));
  return openSubject(read, { ...contract, examples }, { addon, workFolder });
}
