import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CallFailed, EngineError } from '../process/failures.js';
import { Ahead, type Worker } from './ahead.js';

/** What a piece of work does where a helper does it, and what it does where the own worker does. */
type Work = { readonly name: string; readonly inHelper: Outcome; readonly inOwn: 'answers' | 'fails' };
type Outcome = 'answers' | 'fails' | 'is-lost';

const works = fc.uniqueArray(
  fc.record<Work>({
    name: fc.string({ minLength: 1, maxLength: 3 }),
    inHelper: fc.constantFrom('answers', 'fails', 'is-lost'),
    inOwn: fc.constantFrom('answers', 'fails'),
  }),
  { maxLength: 40, selector: ({ name }) => name },
);

test('whatever order workers end in, each piece of work gives what the own worker gives alone', async () => {
  await fc.assert(
    fc.asyncProperty(works, fc.scheduler(), fc.nat(3), async (all, scheduler, helpers) => {
      const { ahead, seen } = workshop(scheduler, helpers);
      ahead.announce(new Map(all.map((work) => [work.name, work])));
      const answers = scheduler.waitFor(askedInTurn(ahead, all));
      expect(await answers).toEqual(all.map(({ name, inOwn, inHelper }) => told(name, inOwn, inHelper)));
      expect(seen.ownAtOnce).toBeLessThanOrEqual(1);
    }),
    { seed: 7, numRuns: 300 },
  );
});

/** A helper's answer is used; what it could not answer is done again. */
function told(name: string, inOwn: Work['inOwn'], inHelper: Outcome) {
  return expect.toSatisfy((said: string) =>
    inHelper === 'answers' && said === name ? true : said === (inOwn === 'answers' ? name : `${name} fails`),
  );
}

test('nothing is done in advance before its pace is known, nor where there is too little left', async () => {
  const started: string[] = [];
  const ahead = new Ahead<string, string>({
    own: async (work) => work,
    kindOf: String,
    helper: () =>
      ready(async (work: string) => {
        started.push(work);
        return work;
      }),
    worth: { ms: 60_000, atOnce: Number.POSITIVE_INFINITY },
  });
  ahead.announce(new Map(['a', 'b', 'c', 'd', 'e'].map((name) => [name, name])));
  for (const name of ['a', 'b', 'c', 'd', 'e']) await ahead.get(name, name);
  expect(started).toEqual([]);
});

test('a helper runs no further than a few pieces ahead, and stops at what is announced next', async () => {
  const done: number[] = [];
  const ahead = new Ahead<number, number>({
    own: async (work) => work,
    kindOf: String,
    helper: () =>
      ready(async (work: number) => {
        done.push(work);
        return work;
      }),
    worth: { ms: 0, atOnce: Number.POSITIVE_INFINITY },
  });
  const first = Array.from({ length: 100 }, (_, index) => index);
  ahead.announce(new Map(first.map((work) => [String(work), work])));
  for (const work of first.slice(0, 6)) await ahead.get(String(work), work);
  await settled();
  expect(Math.max(...done)).toBeLessThan(30);
  ahead.announce(new Map([['1000', 1000]]));
  await settled();
  expect(done.at(-1)).toBe(1000);
  expect(done.length).toBeLessThan(30);
});

function ready<W, T>(work: Worker<W, T>) {
  return { work, ready: Promise.resolve() };
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

function workshop(scheduler: fc.Scheduler, helpers: number) {
  const seen = { ownAtOnce: 0 };
  let running = 0;
  let left = helpers;
  const own: Worker<Work, string> = async ({ name, inOwn }) => {
    running += 1;
    seen.ownAtOnce = Math.max(seen.ownAtOnce, running);
    await scheduler.schedule(Promise.resolve(), `own ${name}`);
    running -= 1;
    if (inOwn === 'fails') throw new CallFailed(`${name} fails`);
    return name;
  };
  const helping: Worker<Work, string> = async ({ name, inHelper }) => {
    await scheduler.schedule(Promise.resolve(), `helper ${name}`);
    if (inHelper === 'fails') throw new CallFailed('only in the helper');
    if (inHelper === 'is-lost') throw new EngineError('crash', 'gone');
    return name;
  };
  const helper = () => (left-- > 0 ? ready((work: Work) => helping(work)) : undefined);
  return {
    ahead: new Ahead({
      own,
      helper,
      kindOf: ({ name }) => name.slice(0, 1),
      worth: { ms: 0, atOnce: Number.POSITIVE_INFINITY },
    }),
    seen,
  };
}

async function askedInTurn(ahead: Ahead<Work, string>, all: readonly Work[]): Promise<string[]> {
  const answers: string[] = [];
  for (const work of all)
    answers.push(await ahead.get(work.name, work).catch((error: Error) => error.message));
  return answers;
}

test('what is foreseen is done by helpers alone, and found when it is announced', async () => {
  const done: string[] = [];
  const own: string[] = [];
  const ahead = new Ahead<string, string>({
    own: async (work) => {
      own.push(work);
      return work;
    },
    kindOf: String,
    helper: () =>
      ready(async (work: string) => {
        done.push(work);
        return `${work} by a helper`;
      }),
    worth: { ms: 0, atOnce: Number.POSITIVE_INFINITY },
  });
  const later = Array.from({ length: 90 }, (_, index) => `later ${index}`);
  ahead.foresee(new Map(later.map((work) => [work, work])));
  const now = ['a', 'b', 'c', 'd', 'e'];
  ahead.announce(new Map(now.map((work) => [work, work])));
  for (const work of now) await ahead.get(work, work);
  await settled();
  expect(done.filter((work) => work.startsWith('later'))).toEqual(later);
  expect(own.filter((work) => work.startsWith('later'))).toEqual([]);
  ahead.announce(new Map(later.map((work) => [work, work])));
  expect(await ahead.get('later 89', 'later 89')).toBe('later 89 by a helper');
});
