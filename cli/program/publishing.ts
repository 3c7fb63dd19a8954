import { type Command, Option } from 'commander';
import type { Io } from '../io.js';

/** Adds the commands for those who publish a model: what is in it, what it lacks, and a first spec. */
export function publishing(program: Command, io: Io, finish: (code: number) => void): void {
  program
    .command('init')
    .description('write a first spec from the files of a model')
    .argument('<model>', 'folder with saved_model.pb')
    .addOption(
      new Option('--api <name>', 'what the model is for; default: as it looks').choices([
        'image-classification',
        'image-feature-vector',
      ]),
    )
    .option('--out <file>', 'where to write it; default: beside the model, named after it')
    .option('--force', 'overwrite an existing file')
    .action(async (model, options) => {
      const { init } = await import('../init.js');
      finish(await init(model, options, io));
    });

  program
    .command('wrap')
    .description('print a Python program that gives a model what it lacks of the contract')
    .argument('<model>', 'a SavedModel that lacks `__call__`, its lists or the right range, or a .keras file')
    .action(async (path) => {
      const { wrap } = await import('../wrap.js');
      finish(await wrap(path, io));
    });

  program
    .command('inspect')
    .description('show what is in a SavedModel, without TensorFlow')
    .argument('<model>', 'folder with saved_model.pb')
    .option('--json', 'everything, as JSON')
    .action(async (model, options) => {
      const { inspect } = await import('../inspect.js');
      finish(await inspect(model, options, io));
    });
}
