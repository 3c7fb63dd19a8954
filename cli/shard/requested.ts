import { UserError } from '../../harness/verdict/user-error.js';
import { type Env, sayWhich, toldBy } from './engines.js';

/** The part of the specs that this machine is to run, and who says so. */
export type RequestedShard = {
  /** From 1 to `count`. */
  readonly index: number;
  readonly count: number;
  /** `--shard`, or the name of an engine. */
  readonly by: string;
  readonly statusFile?: string;
};

/** Most shards of a run. */
const maxCount = 9999;

/**
 * The shard that `--shard` names or, without it, the engine that has split this job; undefined where all specs are to be run.
 * @throws UserError where what is said makes no shard
 */
export function requestedShard(option: string | undefined, env: Env): RequestedShard | undefined {
  if (option === 'off') return undefined;
  const [, at, all] = /^([1-9]\d{0,8}|auto)\/([1-9]\d{0,8})$/.exec(option ?? '') ?? [];
  if (option !== undefined && (at === undefined || all === undefined))
    throw refused(`--shard ${option} names no shard.`, 'Give one of how many, as in --shard 2/3.');
  const shard = at === undefined || at === 'auto' ? fromEngine(all, env) : named(Number(at), Number(all));
  if (shard && shard.index > shard.count)
    throw refused(`There is no shard ${shard.index} of ${shard.count}.`, 'They count from 1.');
  if (shard && shard.count > maxCount)
    throw refused(`${shard.count} shards are too many.`, `Use at most ${maxCount}.`);
  return shard;
}

function named(index: number, count: number): RequestedShard {
  return { index, count, by: '--shard' };
}

/** `all`: how many there are, as the user says. */
function fromEngine(all: string | undefined, env: Env): RequestedShard | undefined {
  const told = toldBy(env);
  if (told === undefined) {
    if (all === undefined) return undefined;
    throw refused(`--shard auto/${all}: no engine says which shard this is.`, sayWhich);
  }
  const { engine, index, statusFile } = told;
  const count = all === undefined ? told.count : Number(all);
  if (count === undefined)
    throw refused(
      `${engine} says that this is part ${index} of a job, and not of how many.`,
      'Give their number, as in --shard auto/3, or check all specs with --shard off.',
    );
  if (told.count !== undefined && told.count !== count)
    throw refused(`${engine} has ${told.count} shards, and --shard says ${count}.`, sayWhich);
  return { index, count, by: engine, ...(statusFile === undefined ? {} : { statusFile }) };
}

function refused(message: string, remedy: string): UserError {
  return new UserError(message, remedy);
}
