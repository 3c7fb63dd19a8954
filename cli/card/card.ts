import type { Contract } from '../../harness/contract/contract.js';
import { digestOfSpecFiles, specFilesOf } from '../../harness/run/spec-digest.js';
import { readRun } from '../../harness/store/stored-run.js';
import type { ModelRun, Run } from '../../harness/verdict/run.js';
import { shellWord } from '../../harness/verdict/shell-word.js';
import { UserError } from '../../harness/verdict/user-error.js';
import { visible } from '../../reports/wording/visible.js';
import { contractIn } from '../contract-in.js';
import type { Io } from '../io.js';
import { refuse } from '../refusal.js';
import { contractText } from './contract-text.js';
import { type Card, cardIn, marked, withCard } from './marks.js';
import { pageText, writePage } from './page-file.js';
import { verifiedText } from './verified-text.js';

export type CardFlags = {
  /** A stored run of the spec: what was verified. */
  readonly run?: string;
  /** The page that has the card between its marks; default: the standard output. */
  readonly page?: string;
  /** Only compare. */
  readonly check?: true;
};

/**
 * `assay card`: writes what the contract demands of a model's documentation. Returns 0, 1 when a page differs from its spec, and
 * 2 when there is no such page, spec or run.
 */
export async function card(spec: string, options: CardFlags, io: Io): Promise<number> {
  try {
    if (options.check && options.page === undefined)
      throw new UserError(
        '--check compares a page with the spec, and no page is named.',
        'Name it with --page.',
      );
    const made = await cardOf(spec, options);
    if (options.page === undefined) {
      io.stdout.write(`${marked(made)}\n`);
      return 0;
    }
    const page = pageText(options.page);
    if (options.check) return compared(made, page, { spec, file: options.page, run: options.run }, io);
    const written = withCard(page, made, options.page);
    if (written !== page) await writePage(options.page, written);
    const done = written === page ? 'has' : 'got';
    io.stdout.write(`${visible(`${options.page} ${done} the card of ${spec}.`)}\n`);
    return 0;
  } catch (error) {
    return refuse(error, io);
  }
}

async function cardOf(spec: string, { run }: CardFlags): Promise<Card> {
  const contract = await contractIn(spec, { checkFiles: false });
  if (run === undefined) return { contract: contractText(contract) };
  const stored = await readRun(run);
  return {
    contract: contractText(contract),
    verified: verifiedText(stored, await modelOf(stored, contract, { spec, run })),
  };
}

/** The model of a run that was held to this contract, word for word. @throws UserError where there is none */
async function modelOf({ models }: Run, contract: Contract, names: { spec: string; run: string }) {
  const digest = digestOfSpecFiles(await specFilesOf(contract));
  const named = models.filter(({ name }) => name === contract.name);
  const [model, another] = named.filter(({ specDigest }) => specDigest === digest);
  if (model && another === undefined && model.digest !== '') return model;
  throw new UserError(
    `${names.run} ${whyNot(named.length, model, contract.name, names.spec)}.`,
    `Check it again: assay check ${shellWord(names.spec)}`,
  );
}

function whyNot(named: number, model: ModelRun | undefined, name: string, spec: string): string {
  if (named === 0) return `has no model named ${name}`;
  if (model === undefined)
    return `is not of ${spec} as it is now: the spec, or a file that it names, is another`;
  return model.digest === '' ? `read no files of ${name}` : `has several models named ${name}`;
}

const notCompared = ' What it says was verified was not compared: that takes --run.';

type Names = { readonly spec: string; readonly file: string; readonly run: string | undefined };

function compared(made: Card, page: string, { spec, file, run }: Names, io: Io): 0 | 1 {
  const there = cardIn(page, file);
  const same =
    there.contract === made.contract && (made.verified === undefined || there.verified === made.verified);
  const unread = there.verified !== undefined && made.verified === undefined ? notCompared : '';
  if (same) io.stdout.write(`${visible(`${file} says what ${spec} does.${unread}`)}\n`);
  else
    io.stderr.write(
      `${file} does not say what ${spec} does.\n  → Write it anew: ${commandFor(spec, file, run)}\n`,
    );
  return same ? 0 : 1;
}

function commandFor(spec: string, page: string, run: string | undefined): string {
  const given = run === undefined ? [] : ['--run', run];
  return ['assay', 'card', spec, '--page', page, ...given].map(shellWord).join(' ');
}
