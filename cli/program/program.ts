import { Command } from 'commander';
import { version } from '../../api/version.js';
import { bytesOf, millisecondsOf } from '../../harness/contract/quantity.js';
import { visibleLines } from '../../reports/wording/visible.js';
import { guardOutput } from '../guard-output.js';
import { fitted } from '../window.js';
import { breakCommands } from '../workflow-commands.js';
import { attesting } from './attesting.js';
import { automating } from './automating.js';
import { comparing } from './comparing.js';
import { publishing } from './publishing.js';
import { usageText } from './usage.js';
import {
  amount,
  checkNames,
  confinement,
  ownChecks,
  positive,
  toleranceOf,
  waiverOf,
  whole,
} from './values.js';

const { stdout, stderr } = process;
breakCommands(stderr, process.env);
const io = { stdout, stderr, commands: breakCommands(stdout, process.env) };

/** The command line as data. Each command loads its code when it is called, and gives its exit code. */
const program = new Command('assay')
  .description('Checks that a TensorFlow image SavedModel keeps the contract it was published under.')
  .version(version())
  .configureOutput({
    outputError: (said, write) =>
      write(
        fitted(
          visibleLines(
            usageText(
              said,
              process.argv.slice(2),
              program.commands.map((one) => one.name()),
            ),
          ),
          stderr,
        ),
      ),
  })
  .exitOverride();

program
  .command('check')
  .description('run models against their specs')
  .usage('<spec...> [options]')
  .argument('<spec...>', 'spec files, folders of them, or patterns')
  .option(
    '--model <path>',
    'check this folder or archive in the place of the model that the spec names; with several specs, {name} in it stands for the name of each',
  )
  .option('--seed <number>', 'repeat a run: the same seed makes the same images', whole)
  .option('--strict', 'a failed SHOULD fails the run')
  .option('--only <checks...>', 'run only these: ids, suites, or patterns with *', checkNames)
  .option('--skip <checks...>', 'skip these', checkNames)
  .option(...ownChecks)
  .option('--allow-unsafe', 'also run models that fail a safety check')
  .addOption(confinement())
  .option('--confine', 'read nothing outside the repository of a spec; the default in CI')
  .option('--no-confine', 'read what a spec names, wherever it is')
  .option(
    '--model-deadline <time>',
    'no model takes longer, whatever its spec says: 30m',
    amount(millisecondsOf),
  )
  .option('--memory <size>', 'no model takes more, whatever its spec says: 4GiB', amount(bytesOf))
  .option('--no-cache', 'run each model, even where the results of this seed are known')
  .option('--cache-read-only', 'keep no results, as for a pull request that shares the cache')
  .option('--cache-dir <folder>', 'where results are kept; default: in the cache of assay')
  .option('--explain-cache', 'say of each model whether its results were known, and if not, why')
  .option('--processes <number>', 'how many processes of models at once; default: one per core', positive)
  .option(
    '--tensorflow <versions>',
    'the TensorFlow to run in, such as 2.15.1; several, comma-separated, side by side; written-with is the one that wrote the model',
  )
  .option(
    '--shard <i/n>',
    'run part i of n of the specs; found by itself under GitLab, Bazel, Kubernetes and Slurm: auto/n, off',
  )
  .option('--durations <run.json>', 'split by the durations of that run, so that all shards take as long')
  .option('--baseline <run.json>', 'fail only for what is newly broken since that run')
  .option('--report <formats>', 'which reports to write, comma-separated', 'html,json,junit')
  .option('--out <folder>', 'where to write them', 'assay-report')
  .option('--verbose', 'show every check, not only those that need attention')
  .action(async (specs, options) => {
    const { check } = await import('../check/check.js');
    finish(await check(specs, options, io));
  });

program
  .command('replay')
  .description('run failures of a stored run again: still failing, fixed or could not run')
  .argument('<run.json>', 'the run.json that check wrote')
  .option('--model <name>', 'only this model, by its name or its spec')
  .option('--check <id>', 'only this check')
  .option(...ownChecks)
  .option('--python', 'print a script that shows the failure in Python instead')
  .option('--tensorflow <version>', 'the TensorFlow to run in, such as 2.15.1; default: that of the run')
  .option('--allow-unsafe', 'also run models that fail a safety check')
  .addOption(confinement())
  .action(async (file, options) => {
    const { replay } = await import('../replay/replay.js');
    finish(await replay(file, options, io));
  });

program
  .command('report')
  .description('write reports of a stored run, or judge it again, without TensorFlow')
  .argument('<run.json>', 'the run.json that check wrote')
  .option(
    '--report <formats>',
    'which reports, comma-separated; default: html, or terminal when judging again',
  )
  .option('--out <folder>', 'where to write them; default: beside the run, unless it is judged again')
  .option(
    '--tolerance <numbers>',
    'judge what was compared again: within 1e-3, or absolute,relative',
    toleranceOf,
  )
  .option('--waive <waiver>', 'waive a failure: [MODEL:]CHECK=REASON; can be given again', waiverOf)
  .action(async (file, options) => {
    const { report } = await import('../report.js');
    finish(await report(file, options, io));
  });

publishing(program, io, finish);
comparing(program, io, finish);
attesting(program, io, finish);
automating(program, io, finish);

program
  .command('list')
  .description('list every check with its demand')
  .option(...ownChecks)
  .option('--json', 'as JSON')
  .action(async (options) => {
    const { list } = await import('../list.js');
    finish(await list(options, io));
  });

program
  .command('explain')
  .description(
    'explain why a check matters, how it is decided, and how to fix a model that fails it; limits: what a pass does not show',
  )
  .argument('<check>', 'its id, or a suite or pattern for several')
  .option(...ownChecks)
  .option('--json', 'as JSON')
  .action(async (id, options) => {
    const { explain } = await import('../explain.js');
    finish(await explain(id, options, io));
  });

program
  .command('setup')
  .description('prepare TensorFlow now, instead of at the first check')
  .option('--tensorflow <version>', 'which one, such as 2.15.1')
  .option('--from <folder>', 'a folder with TensorFlow libraries in it')
  .option('--force', 'prepare again, even if it is prepared already')
  .action(async (options) => {
    const { setup } = await import('../setup.js');
    finish(await setup(options, io));
  });

program
  .command('doctor')
  .description('show what is there, what is missing, and how to fix it')
  .option('--json', 'as JSON')
  .action(async (options) => {
    const { doctor } = await import('../doctor.js');
    finish(await doctor(options, io));
  });

let outputLost = false;

function finish(code: number): void {
  process.exitCode = outputLost ? 2 : code;
}

guardOutput(process, () => {
  outputLost = true;
  finish(2);
});
try {
  await program.parseAsync();
} catch (error) {
  const { exitCode } = error as { exitCode?: number };
  if (exitCode === undefined) throw error;
  finish(exitCode === 0 ? 0 : 2);
}
