import type { Command } from 'commander';
import type { Io } from '../io.js';
import { ownChecks } from './values.js';

/** Adds the commands that pipelines call. */
export function automating(program: Command, io: Io, finish: (code: number) => void): void {
  program
    .command('lint')
    .description('find mistakes in specs, without their models and without TensorFlow')
    .argument('<spec...>', 'spec files, folders of them, or patterns')
    .option('--strict', 'a value that is still marked `confirm` is a failure')
    .option(...ownChecks)
    .action(async (specs, options) => {
      const { lint } = await import('../lint.js');
      finish(await lint(specs, options, io));
    });

  program
    .command('comment')
    .description(
      'in a GitHub workflow, put a Markdown report into the pull request: one comment, kept current',
    )
    .argument('<report.md>', 'the report that check --report markdown wrote')
    .option('--id <text>', 'which comment it is, where a pull request gets several', 'report')
    .action(async (file, options) => {
      const { comment } = await import('../comment/comment.js');
      finish(await comment(file, options, io));
    });
}
