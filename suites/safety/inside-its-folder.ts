import { isAbsolute, normalize } from 'node:path/posix';
import { always, type Check, type Conclusion } from '../../harness/check/check.js';
import { plural } from '../../harness/verdict/plural.js';
import { linksOut } from './links-out.js';

export const insideItsFolder: Check = {
  id: 'safety/inside-its-folder',
  level: 'must',
  demands:
    'Assets and links MUST NOT point outside the folder of the model, and entries of an archive MUST NOT unpack outside its target folder.',
  explain: {
    matters:
      "A path that leads out of the model's folder can read files of whoever loads the model, and an archive with such an entry can overwrite them.",
    decided:
      'The paths of assets and the symbolic links in the folder must stay inside it. An archive with an entry or link that would land outside is not unpacked, and fails here.',
    fix: 'Export again with `tf.saved_model.save`, which copies assets into the folder. Replace links by files with `cp -RL`, and pack the archive with `tar czf model.tar.gz -C model .`, which keeps its paths relative.',
  },
  promisedBy: ['model'],
  gatesRun: true,
  answersFor: ['unsafe-archive', 'unsafe'],
  applies: always,
  kind: 'reading',
  read: ({ assets, folder }) => {
    const names = assets.map((asset) => asset.slice('assets/'.length));
    const outside = names.find(leavesFolder);
    if (outside !== undefined) return fails('asset', `the path ${outside}`, exportAgain);
    const [link] = linksOut(folder);
    if (link !== undefined) return fails(`link ${link.path}`, `one to ${link.target}`, copyContents);
    return {
      status: 'pass',
      summary: `${plural(assets.length, 'asset')}, no link that leads out of the folder`,
    };
  },
};

const exportAgain =
  'Export the model again with tf.saved_model.save, which copies its assets into the folder.';
const copyContents = 'Replace the links by files: cp -RL copies what they point to.';

/** TensorFlow joins the name to `assets/`: an absolute one replaces the folder, and `..` leaves it. */
function leavesFolder(name: string): boolean {
  const path = name.replaceAll('\\', '/');
  return isAbsolute(path) || /^[A-Za-z]:/.test(path) || normalize(`assets/${path}`).startsWith('..');
}

function fails(where: string, actual: string, remedy: string): Conclusion {
  return { status: 'fail', finding: { where, expected: 'a path inside the folder', actual, remedy } };
}
