import fc from 'fast-check';
import type { Contract } from '../contract/contract.js';
import { batchesIn } from '../images/batches.js';
import type { Images } from '../images/picture.js';
import { spaceOf } from '../images/space.js';
import type { Batch } from '../verdict/batch.js';
import type { ContractDifference, FunctionDelta, RowsCompared, Witness } from '../verdict/comparison.js';
import { type Agreed, agreedAfter, type Pair, roundingOfSteps, rowPairs } from './bounds.js';
import { callDifference, callText, exchangedColumns, refusalIn } from './call-differences.js';
import { type Calls, inferenceCalls } from './calls.js';
import { inDistribution } from './distribution.js';
import { drawOutputs, draws } from './drawn.js';
import { exchanged, type RowPair, summaryOf } from './rows.js';

/** What became of the same calls of both models. */
export type Called = {
  readonly function: FunctionDelta;
  readonly differences: readonly ContractDifference[];
};

export type CallOptions = {
  readonly seed: number;
  /** When random batches end, by `performance.now()`. */
  readonly randomUntil: number;
  /** Image files of the auditor, at the sizes that the model gets them in. */
  readonly pictures: readonly Images[];
  readonly signal: AbortSignal;
  /** Called before each call: sets deadlines. */
  readonly beforeCall: () => void;
};

/** Gives both models the same calls, in turn. @throws EngineError where one of them cannot be asked */
export async function callBoth(pair: Pair, contract: Contract, options: CallOptions): Promise<Called> {
  const comparer = new Comparer(pair, contract, options);
  for (const calls of inferenceCalls(contract, options.seed))
    await ((await draws(pair, calls)) ? comparer.compareDrawn(calls) : comparer.compare(calls));
  await comparer.comparePictures();
  return comparer.conclude();
}

const ofFiles = 'image files';

type Worst = { readonly calls: Calls; readonly batch: Batch; readonly times: number };

class Comparer {
  readonly #pair: Pair;
  readonly #contract: Contract;
  readonly #options: CallOptions;
  readonly #rows: RowsCompared[] = [];
  readonly #differences: ContractDifference[] = [];
  readonly #all: RowPair[] = [];
  readonly #drawn: NonNullable<FunctionDelta['drawn']>[number][] = [];
  #agreed: Agreed = 'to the noise';
  #worst: Worst | undefined;
  #witness: Witness | undefined;

  constructor(pair: Pair, contract: Contract, options: CallOptions) {
    this.#pair = pair;
    this.#contract = contract;
    this.#options = options;
  }

  async compare(calls: Calls): Promise<void> {
    const pairs: RowPair[] = [];
    for (const batch of calls.corners) pairs.push(...(await this.#pairsOf(calls, batch)));
    for (const batch of calls.random) {
      if (performance.now() > this.#options.randomUntil) break;
      pairs.push(...(await this.#pairsOf(calls, batch)));
    }
    this.#note(calls.kind, pairs);
  }

  /** Two such calls give different rows anyway: what they are drawn from is compared. */
  async compareDrawn({ kind, args, corners }: Calls): Promise<void> {
    const calls = corners.map((batch) => ({ batch, args }));
    const { beforeCall } = this.#options;
    const rounding = await roundingOfSteps(this.#pair);
    const found = await inDistribution(this.#pair, { kind, calls, draw: drawOutputs, rounding, beforeCall });
    this.#drawn.push({ kind, ...found });
  }

  async comparePictures(): Promise<void> {
    const pairs: RowPair[] = [];
    let most = 1;
    for (const picture of this.#options.pictures) {
      const [pair] = (await this.#rowsOf(ofFiles, picture, {})) ?? [];
      if (pair === undefined) continue;
      pairs.push(pair);
      const times = pair.by === 0 ? 0 : pair.by / pair.tight;
      if (times <= most) continue;
      most = times;
      const found = { kind: ofFiles, arguments: {}, row: 0, shrunk: 0 };
      this.#witness = {
        ...witnessOf(pair, true),
        ...found,
        ...('file' in picture ? { file: picture.file } : {}),
      };
    }
    this.#note(ofFiles, pairs);
  }

  async conclude(): Promise<Called> {
    const columns = exchanged(this.#all);
    if (columns) this.#differences.push(exchangedColumns(columns));
    const sameToNoise = this.#all.every(({ by, tight }) => by <= tight);
    const sameWithin = this.#all.every(({ by, loose }) => by <= loose);
    if (!sameToNoise && this.#worst)
      this.#witness = (await this.#smallest(this.#worst, sameWithin)) ?? this.#witness;
    const witness = this.#witness ? { witness: this.#witness } : {};
    const drawn = this.#drawn.length > 0 ? { drawn: this.#drawn } : {};
    return {
      function: { rows: this.#rows, sameToNoise, sameWithin, ...drawn, ...witness },
      differences: this.#differences,
    };
  }

  #note(kind: string, pairs: readonly RowPair[]): void {
    if (pairs.length === 0) return;
    const classes = this.#contract.api === 'image-classification';
    this.#rows.push(summaryOf(kind, pairs, classes));
    this.#all.push(...pairs);
  }

  async #pairsOf(calls: Calls, batch: Batch): Promise<RowPair[]> {
    const pairs = (await this.#rowsOf(calls.kind, batch, calls.args)) ?? [];
    const times = Math.max(0, ...pairs.map(({ by, tight }) => (by === 0 ? 0 : by / tight)));
    if (times > (this.#worst?.times ?? 1)) this.#worst = { calls, batch, times };
    return pairs;
  }

  /** Undefined where a model does not answer; a difference of the contract where the other one does. */
  async #rowsOf(
    kind: string,
    images: Images,
    args: Calls['args'],
    agreed = this.#agreed,
  ): Promise<RowPair[] | undefined> {
    this.#options.signal.throwIfAborted();
    this.#options.beforeCall();
    const old = await this.#pair.old.call(images, args).catch(refusalIn);
    const now = await this.#pair.new.call(images, args).catch(refusalIn);
    const differs = callDifference(callText(images, kind), old, now);
    if (differs && !this.#differences.some(({ what }) => what === differs.what))
      this.#differences.push(differs);
    if (differs || typeof old === 'string' || typeof now === 'string') return undefined;
    const call = 'pattern' in images ? { batch: images, args } : { args };
    const pairs = await rowPairs(this.#pair, [old, now], call, agreed);
    this.#agreed = agreedAfter(this.#agreed, pairs);
    return pairs;
  }

  /** The smallest batch with a row that differs by more than rounding explains. */
  async #smallest(worst: Worst, within: boolean): Promise<Witness | undefined> {
    const { calls, batch } = worst;
    let found: Witness | undefined;
    let shrunk = -1;
    const differs = async (one: Batch) => {
      const agreed = within ? 'to the noise' : 'within the noisier';
      const pairs = (await this.#rowsOf(calls.kind, one, calls.args, agreed)) ?? [];
      const row = pairs.findIndex(({ by, tight, loose }) => by > (within ? tight : loose));
      const pair = pairs[row];
      if (pair === undefined) return true;
      shrunk += 1;
      found = {
        ...witnessOf(pair, within),
        kind: calls.kind,
        batch: one,
        arguments: calls.args,
        row,
        shrunk,
      };
      return false;
    };
    await fc.check(fc.asyncProperty(batchesIn(spaceOf(this.#contract)), differs), {
      numRuns: 1,
      examples: [[batch]],
      seed: this.#options.seed,
      endOnFailure: false,
    });
    return found;
  }
}

function witnessOf({ old, new: now, unit, tight, loose }: RowPair, within: boolean) {
  const value = (row: Float32Array) => row[unit] ?? Number.NaN;
  return { unit, old: value(old), new: value(now), allowed: within ? tight : loose };
}
