import { type Command, Option } from 'commander';
import { purposes } from '../../harness/verdict/comparison.js';
import type { Io } from '../io.js';
import { confinement, whole } from './values.js';

/** Adds the commands that compare models, and runs. */
export function comparing(program: Command, io: Io, finish: (code: number) => void): void {
  program
    .command('compare')
    .description('decide whether one model may take the place of another')
    .argument('<old>', 'a model that somebody relies on: its folder, archive or spec')
    .argument('<new>', 'the model to take its place: a folder, archive or spec')
    .option(
      '--spec <file>',
      'the contract that is relied on; default: that of the old model, or what its files reveal',
    )
    .addOption(
      new Option(
        '--for <purpose>',
        'who relies on it; default: fine-tuning where the contract promises it',
      ).choices(purposes),
    )
    .option('--images <folder>', 'also compare on these images')
    .addOption(new Option('--accept <answer>', 'an answer that is no failure').choices(['another-function']))
    .option('--seed <number>', 'repeat a comparison: the same seed makes the same images', whole)
    .option('--allow-unsafe', 'also run models that fail a safety check')
    .addOption(confinement())
    .option('--confine', 'read nothing outside the repository of a spec; the default in CI')
    .option('--no-confine', 'read what a spec names, wherever it is')
    .option('--tensorflow <version>', 'the TensorFlow to run in, such as 2.15.1')
    .option(
      '--report <formats>',
      'which reports to write, comma-separated: html, json, markdown',
      'html,json',
    )
    .option('--out <folder>', 'where to write them', 'assay-report')
    .action(async (old, now, options) => {
      const { compare } = await import('../compare/compare.js');
      finish(await compare(old, now, options, io));
    });

  program
    .command('merge')
    .description('make one run of the parts that shards have made')
    .argument('<folder...>', 'the folder of reports of each shard')
    .option('--report <formats>', 'which reports to write, comma-separated', 'html,json,junit')
    .option('--out <folder>', 'where to write them', 'assay-report')
    .option('--baseline <run.json>', 'fail only for what is newly broken since that run')
    .option('--verbose', 'show every check, not only those that need attention')
    .action(async (folders, options) => {
      const { merge } = await import('../merge/merge.js');
      finish(await merge(folders, options, io));
    });

  program
    .command('matrix')
    .description('write the models of stored runs by their checks, as one page')
    .argument('<run.json...>', 'the run.json of each run')
    .option('--report <formats>', 'which files to write, comma-separated: html, csv, markdown', 'html')
    .option('--out <folder>', 'where to write them', 'assay-report')
    .action(async (files, options) => {
      const { matrix } = await import('../matrix.js');
      finish(await matrix(files, options, io));
    });

  program
    .command('card')
    .description("write what the contract demands of a model's documentation")
    .argument('<spec>', 'the spec')
    .option('--run <run.json>', 'a stored run of it: also write what was verified')
    .option('--page <file>', 'the Markdown page with the marks between which it stands')
    .option('--check', 'fail when the page says another thing than the spec')
    .action(async (spec, options) => {
      const { card } = await import('../card/card.js');
      finish(await card(spec, options, io));
    });

  program
    .command('diff')
    .description('show what changed from one stored run to another, without TensorFlow')
    .argument('<before>', 'the run.json of the first run')
    .argument('<after>', 'the run.json of the second')
    .option('--json', 'as JSON')
    .option('--markdown', 'as Markdown, for a pull request')
    .action(async (before, after, options) => {
      const { diff } = await import('../diff.js');
      finish(await diff(before, after, options, io));
    });
}
