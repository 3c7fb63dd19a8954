import type { Check, Conclusion } from '../../harness/check/check.js';
import { numberText } from '../../harness/check/compare.js';
import { intervalOf, percent } from '../../harness/check/rate.js';
import { unlessExcused } from '../../harness/check/unless-excused.js';
import { LeftOut } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import type { Call } from '../../harness/engine/subject.js';
import { FlowTooLarge } from '../../harness/graph/flow/flow.js';
import type { SavedModel } from '../../harness/savedmodel/saved-model.js';
import type { Evidence, Finding } from '../../harness/verdict/run.js';
import { callText } from './call-text.js';
import { callsAt, callsOf } from './calls.js';
import { type Corner, cornersOf } from './corners.js';
import { levelOfDropout } from './level.js';
import { noMaskInGraph } from './no-mask-in-graph.js';
import { answerFor, type DropoutAnswer, isStill, minEvents } from './statistics/answer.js';

/** Share of the check's time after which it makes no more draws. */
const drawingShare = 0.7;

export const outputsKept: Check = {
  id: 'dropout/outputs-kept',
  level: levelOfDropout,
  demands:
    'The model MUST NOT apply dropout to its outputs, in training or at inference (a classifier SHOULD NOT).',
  explain: {
    matters:
      'A layer trained on top of the features sees some of them missing at random. Its author cannot switch that off, and often adds dropout of their own. The model may use dropout anywhere inside.',
    decided:
      'The model is called many times with the same 16 images: at inference, with `training=True`, and with other values of the hyperparameters. Where its graph compares the size or the number of images with something, or cannot be looked into, it is called beyond those numbers, too; of more than 128 images, the first 32 and the last 96 are judged. A dropped unit takes one exact value, 0 or a bias, for different images in some of the calls, while its other values lie far from it or on both sides. Where such values recur, the weights are perturbed: drops continue, other causes stop. Where the graph shows that all that is random goes through layers that mix units, an activation is the cause, and the check is left to the graph. docs/dropout.md explains the statistics, and what they miss how often.',
    calls:
      'Each call is made 16 times where all answers are the same, and 10 to 60 times where they differ: as often as excludes drops in 0.5 % of the rows. More follow with perturbed weights where values recur.',
    fix: 'Remove the last dropout from the model; whoever fine-tunes it can add their own. Dropout before the last dense or convolutional layer may stay.',
  },
  applies: () => true,
  kind: 'measurement',
  measure: async (subject, contract, seed, excuses) => {
    const until = performance.now() + contract.limits.deadlineMs * drawingShare;
    const asked: AnsweredCall[] = [];
    const calls = callsOf(contract, seed);
    const others = callsAt(knownCorners(subject.model, contract), contract, seed);
    const parts = unlessExcused([...calls, ...others], excuses, async (call) =>
      others.includes(call) && (await isStill(subject, call, until))
        ? undefined
        : answerFor(subject, call, until),
    );
    for await (const { item: call, result: answer } of parts) {
      if (answer) asked.push({ call, answer });
      if (answer?.kind === 'dropped') break;
    }
    return conclude(asked, () => graphOf(subject.model, contract));
  },
};

type AnsweredCall = { readonly call: Call; readonly answer: DropoutAnswer };

/** Where the graph says that sizes matter; nowhere when it is too large to follow. */
function knownCorners(model: SavedModel, contract: Contract): readonly Corner[] {
  try {
    return cornersOf(model, contract);
  } catch (error) {
    if (error instanceof FlowTooLarge) return [];
    throw error;
  }
}

function conclude(asked: readonly AnsweredCall[], graph: () => Graph): Conclusion {
  const cases = asked.reduce((all, { answer }) => all + answer.draws, 0);
  const dropping = asked.find(({ answer }) => answer.kind === 'dropped');
  if (dropping && graph() === 'mixed') return explained(dropping);
  if (dropping)
    return { status: 'fail', finding: findingOf(dropping), cases, evidence: evidenceOf(dropping) };
  const doubtful = asked.find(({ answer }) => answer.kind === 'inconclusive');
  if (doubtful) return undecided(doubtful, graph(), cases);
  const last = asked.at(-1);
  const summary = asked.map(keptSummary).join('; ');
  return { status: 'pass', summary, cases, ...(last ? { evidence: evidenceOf(last) } : {}) };
}

function findingOf({ call, answer: { drops } }: AnsweredCall): Finding {
  const [low, high] = intervalOf(drops.hits, drops.trials);
  const often = `${percent(drops.hits / drops.trials)} of the time (${percent(low)} to ${percent(high)})`;
  const value = drops.value === undefined ? '' : `, ${numberText(drops.value)},`;
  return {
    where: `output, with ${callText(call)}`,
    expected: 'no unit that takes one exact value for different images',
    actual: `${drops.unitsHit} of ${drops.units.length} units take one exact value${value} repeatedly, ${often}`,
    batch: call.batch,
    ...(call.args ? { arguments: call.args } : {}),
  };
}

/** What the graph explains: activations are 0, or another limit, for a range of what is random before them. */
function explained(dropping: AnsweredCall): Conclusion {
  const { where, actual } = findingOf(dropping);
  const why =
    'an activation does that, as the graph shows no random mask behind the last layer that mixes units';
  const decidedBy = noMaskInGraph.id;
  return { status: 'skip', reason: `${where}: ${actual}; ${why}. See ${decidedBy}.`, decidedBy };
}

/**
 * What the graph says; `reported`: that it is a MUST which fails, for its own check to tell; `mixed`: that all that is random
 * goes through layers that mix units.
 */
function graphOf(model: SavedModel, contract: Contract): Graph {
  const conclusion = noMaskInGraph.read(model, contract);
  const { status } = conclusion;
  if (status === 'pass' && conclusion.evidence?.randomOperations !== 0) return 'mixed';
  return status === 'fail' && levelOfDropout(contract) === 'must' ? 'reported' : status;
}

type Graph = 'reported' | 'mixed' | Conclusion['status'];

/** Where the statistics are inconclusive, the graph decides; where it is inconclusive too, the check is. */
function undecided(doubtful: AnsweredCall, graph: Graph, cases: number): Conclusion {
  const { call, answer } = doubtful;
  const why = answer.kind === 'inconclusive' ? answer.why : '';
  const text = `The statistics are inconclusive with ${callText(call)}: ${why}`;
  if (graph === 'reported') throw new LeftOut({ kind: 'random-mask', of: '', text });
  if (graph === 'error' || graph === 'skip')
    return { status: 'error', reason: `${text}.`, cases, evidence: evidenceOf(doubtful) };
  const decidedBy = noMaskInGraph.id;
  return { status: 'skip', reason: `${text}. The graph decides; see ${decidedBy}.`, decidedBy };
}

function keptSummary({ call, answer }: AnsweredCall): string {
  const missed =
    answer.kind === 'kept' ? `; a rate above ${percent(answer.bounds.missed)} would have shown` : '';
  return `none of ${answer.drops.units.length} units is dropped with ${callText(call)}, in ${answer.draws} calls${missed}`;
}

/** What a report draws: how often each unit took its recurring value, and the share from which that counts. */
function evidenceOf({ call, answer }: AnsweredCall): Evidence {
  const { drops, draws } = answer;
  const judged = drops.units.filter((unit) => unit !== undefined);
  const [low, high] = drops.trials > 0 ? intervalOf(drops.hits, drops.trials) : [0, 1];
  return {
    dropout: {
      repeats: drops.units.map((unit) => (unit ? unit.hits / unit.trials : 0)),
      threshold: minEvents / Math.max(minEvents, judged.length * drops.draws),
    },
    call: callText(call),
    draws,
    images: call.batch.count,
    judged: judged.length,
    rate: drops.trials > 0 ? drops.hits / drops.trials : null,
    interval: [low, high],
    ...(answer.kind === 'kept'
      ? { missed: answer.bounds.missed, missedShared: answer.bounds.missedShared }
      : {}),
  };
}
