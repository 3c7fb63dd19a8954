import { plural } from '../harness/verdict/plural.js';
import { table } from '../reports/markdown/table.js';
import { rateBelow } from './bound.js';
import type { Tallies, TwinTally } from './tally.js';

/** What went wrong in how many runs, and the rate that follows where runs are draws of chance. */
export function rates({ models, twins }: Tallies): string[] {
  const of = (kind: TwinTally['kind']) => twins.filter((twin) => twin.kind === kind);
  const alarmed = models.map(({ runs, alarms }) => ({
    runs,
    wrong: new Set(alarms.map(({ seed }) => seed)).size,
  }));
  const drawing = counted(of('property').map(missed));
  const perTwin = Math.max(0, ...twins.map(({ runs }) => runs));
  return [
    '## Error rates',
    table(
      ['what', '#models', '#runs', '#errors', '#rate below'],
      [
        ['false alarms on conforming models', ...withRate(counted(alarmed))],
        ['escapes from checks that draw random batches', ...withRate(drawing)],
        ['escapes from checks that measure', ...counted(of('measurement').map(missed)), ''],
        ['escapes from checks that read files', ...counted(of('reading').map(missed)), ''],
      ],
    ),
    [
      `- The rate is the highest that is not excluded at 95 % (Clopper and Pearson), for these models together. For a single one, ${plural(perTwin, 'run')} without an escape leave up to ${percent(0, perTwin)}.`,
      '- Checks that measure choose their calls themselves. They are repeated because models and machines are random, too; no rate follows.',
      '- Reading files does not depend on the seed, so one run is enough.',
    ].join('\n'),
  ];
}

type Counted = readonly [models: number, runs: number, wrong: number];

function missed({ runs, escapes }: TwinTally): { runs: number; wrong: number } {
  return { runs, wrong: escapes.length };
}

function counted(all: readonly { readonly runs: number; readonly wrong: number }[]): Counted {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
  return [all.length, sum(all.map(({ runs }) => runs)), sum(all.map(({ wrong }) => wrong))];
}

function withRate([models, runs, wrong]: Counted): (number | string)[] {
  return [models, runs, wrong, percent(wrong, runs)];
}

/** The highest rate that is not excluded, for example "0.79 %". */
function percent(seen: number, runs: number): string {
  return `${Number((100 * rateBelow(seen, runs)).toPrecision(2))} %`;
}
