import { expect, test } from 'vitest';
import type { Call, Tensor } from '../harness/engine/subject.js';
import { sizeCorners } from '../harness/images/corners.js';
import { Decisions } from '../harness/run/decisions.js';
import { openSpec } from '../proof/running.js';
import { checks } from '../suites/all.js';

const spec = 'specs/tiny-features.yaml';

test('several processes give what one gives, count as one, and one that dies is not missed', async () => {
  const alone = await outputsWith(0, () => undefined);
  const helped = await outputsWith(2, () => undefined);
  const bereft = await outputsWith(1, (pid) => process.kill(pid, 'SIGKILL'));
  expect([alone.started, helped.started, bereft.started]).toEqual([1, 3, 2]);
  expect(helped.outputs).toEqual(alone.outputs);
  expect(bereft.outputs).toEqual(alone.outputs);
  expect([helped.calls, bereft.calls]).toEqual([alone.calls, alone.calls]);
});

test('checks that are measured early in a further process come to the same', async () => {
  const alone = await decidedWith(0);
  const helped = await decidedWith(1);
  expect([alone.started, helped.started]).toEqual([1, 2]);
  expect(helped.results).toEqual(alone.results);
}, 120_000);

/** All checks of a model, but for times. */
async function decidedWith(helpers: number) {
  let started = 0;
  let asked = 0;
  const watch = { started: () => started++, ended: () => undefined };
  const mayHelp = () => asked++ < helpers;
  const { subject, contract, close } = await openSpec(spec, { runs: 20 }, { watch, mayHelp, worthMs: 0 });
  try {
    const session = {
      load: async () => ({ model: subject.model, digest: '' }),
      subject: async () => subject,
      expectUnchanged: async () => undefined,
    };
    const options = { seed: 3, allowUnsafe: false, today: '2026-01-01', checks, asked: checks };
    const decisions = new Decisions(contract, session, options);
    const results: unknown[] = [];
    for (const check of checks) {
      const { durationMs: _, ...result } = await decisions.decide(check);
      results.push(result);
    }
    return { results, started };
  } finally {
    await close();
  }
}

/** `met`: gets the id of each helping process once it has started. */
async function outputsWith(helpers: number, met: (pid: number) => void) {
  let started = 0;
  let asked = 0;
  const watch = {
    started: (pid: number) => {
      started += 1;
      if (started > 1) setTimeout(met, 300, pid);
    },
    ended: () => undefined,
  };
  const mayHelp = () => asked++ < helpers;
  const { subject, contract, close } = await openSpec(spec, {}, { watch, mayHelp, worthMs: 0 });
  try {
    const calls: Call[] = sizeCorners(contract).sizes.flatMap((size) =>
      [1, 2, 3, 4, 5, 6].flatMap((count) =>
        [true, false].map((training) => ({
          batch: { ...size, count, pattern: 'noise' as const, seed: count },
          args: { training },
        })),
      ),
    );
    await subject.expect(calls, { ahead: true });
    const outputs: Tensor[] = [];
    for (const { batch, args } of calls) outputs.push(await subject.call(batch, args));
    return { outputs, started, calls: subject.spent.calls };
  } finally {
    await close();
  }
}
