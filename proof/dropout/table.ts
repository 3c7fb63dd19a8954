import { percent } from '../../harness/check/rate.js';
import { table } from '../../reports/markdown/table.js';
import { rateBelow } from '../bound.js';
import type { Row } from './row.js';

/** Detections and false alarms of the statistics, in Markdown. */
export function powerTables(rows: readonly Row[]): string {
  const faulty = rows.filter(({ fault }) => fault !== undefined);
  const sound = rows.filter(({ fault }) => fault === undefined);
  return [
    detections(faulty),
    falseAlarms(sound),
    table(
      ['conforming model', '#runs', '#false alarms', '#inconclusive', '#calls', '#most'],
      sound.map(soundRow),
    ),
  ].join('\n\n');
}

function detections(rows: readonly Row[]): string {
  const head = ['broken model', 'fault', '#runs', '#found', '#calls', '#most', '#estimated rate'];
  return table(
    head,
    rows.map(({ model, fault = '', runs, dropped, calls, rates }) => [
      model,
      fault,
      runs,
      percent(dropped / runs),
      calls.median,
      calls.most,
      rates ? `${percent(rates.median)} (${percent(rates.low)} to ${percent(rates.high)})` : '',
    ]),
  );
}

function falseAlarms(rows: readonly Row[]): string {
  const runs = rows.reduce((all, row) => all + row.runs, 0);
  const alarms = rows.reduce((all, { dropped }) => all + dropped, 0);
  return `**${alarms} false alarms in ${runs} runs** on ${rows.length} conforming models: at 95 % confidence, fewer than one in ${Math.floor(1 / rateBelow(alarms, runs))} for these models together.`;
}

function soundRow({ model, runs, dropped, cannotTell, calls }: Row) {
  return [model, runs, dropped, cannotTell, calls.median, calls.most];
}
