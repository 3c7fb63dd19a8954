import { type Command, Option } from 'commander';
import { reservations } from '../../harness/verdict/statement/statement.js';
import type { Io } from '../io.js';
import { checkNames, confinement, ownChecks, whole } from './values.js';

/** Adds the commands that make and verify statements. */
export function attesting(program: Command, io: Io, finish: (code: number) => void): void {
  program
    .command('attest')
    .description('write an unsigned in-toto statement of what a stored run says about a model')
    .argument('<run.json>', 'the run.json that check wrote')
    .option('--model <name>', 'only this model, by its name or its spec')
    .option('--out <file>', 'where to write it; default: beside the model')
    .addOption(
      new Option('--despite <why...>', 'also for a run that leaves this open; the statement says so').choices(
        reservations,
      ),
    )
    .option('--allow-symlinks', 'take links to files inside the model for these files')
    .action(async (file, options) => {
      const { attest } = await import('../attest/attest.js');
      finish(await attest(file, options, io));
    });

  program
    .command('verify')
    .description('compare a statement with the model and the spec it is on, then check the model anew')
    .argument('<statement>', 'what attest wrote: by itself, in a DSSE envelope or in a Sigstore bundle')
    .argument('<model>', 'the folder or archive of the model')
    .option('--spec <file>', 'the spec; default: the one that the statement names, from this folder')
    .option('--digests-only', 'only compare digests, without running the model')
    .option('--verbose', 'show also the tests that agree')
    .option('--seed <number>', 'draw these cases; default: new ones', whole)
    .option('--only <checks...>', 'rerun only these: ids, suites, or patterns with *', checkNames)
    .option(...ownChecks)
    .option('--tensorflow <version>', 'the TensorFlow to run in, such as 2.15.1')
    .option('--allow-unsafe', 'also run models that fail a safety check')
    .addOption(confinement())
    .action(async (statement, model, options) => {
      const { verify } = await import('../verify/verify.js');
      finish(await verify(statement, model, options, io));
    });
}
