import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Contract } from '../../harness/contract/contract.js';
import type { OpenSubject } from '../../harness/engine/open-subject.js';
import { exampleSize } from '../../harness/images/example-size.js';
import type { Picture } from '../../harness/images/picture.js';
import { unlessSystemError } from '../../harness/verdict/system-error.js';
import { UserError } from '../../harness/verdict/user-error.js';

/** The image files of a folder, absolute, in order of their names. @throws UserError where there are none */
export async function ownImages(folder: string): Promise<string[]> {
  const names = (await readdir(folder).catch(unlessSystemError)) ?? [];
  const images = names.filter((name) => /\.(png|jpe?g|webp|bmp)$/i.test(name)).sort();
  if (images.length > 0) return images.map((name) => path.resolve(folder, name));
  throw new UserError(`There is no image in ${folder}.`, 'Give a folder with PNG, JPEG, WebP or BMP files.');
}

/** The images that a contract names, at the sizes in which its model gets them. */
export function picturesAt({ examples, imageSize }: Contract) {
  return async (subject: OpenSubject): Promise<Picture[]> => {
    const files = [...new Set(examples.map(({ image }) => image))];
    const pictures: Picture[] = [];
    for (const file of files)
      pictures.push({ file, count: 1, ...exampleSize(await subject.sizeOf(file), imageSize) });
    return pictures;
  };
}
