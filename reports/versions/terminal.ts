import {
  answerOfOutputs,
  type ModelOnVersions,
  type OutputsCompared,
  type VersionsRun,
} from '../../harness/verdict/versions.js';
import { field, type Page } from '../terminal/details.js';
import { painter, type Style, verdictMarks } from '../terminal/paint.js';
import { wrap } from '../terminal/wrap.js';
import { visible } from '../wording/visible.js';
import {
  contextInWords,
  farthestInWords,
  modelHeadline,
  modelTone,
  numbersInWords,
  outputsInWords,
  outputTones,
  resultInWords,
  runHeadline,
  runTone,
  type Tone,
  tones,
  writerInWords,
} from './wording.js';

export type VersionsTextOptions = {
  readonly color: boolean;
  readonly columns: number;
  /** Where reports were written. */
  readonly reports?: readonly string[];
};

const looks: Readonly<Record<Tone, { readonly mark: string; readonly style: Style }>> = {
  pass: verdictMarks.conforms,
  warning: { mark: '!', style: 'yellow' },
  fail: verdictMarks['does-not-conform'],
  error: verdictMarks.unknown,
};

/** Models on several versions as text: for each the headline, its versions and its outputs; the verdict last. */
export function versionsText(run: VersionsRun, options: VersionsTextOptions): string {
  const page = {
    paint: painter(options.color),
    columns: Math.max(options.columns, 40),
    strict: run.strict,
  };
  const lines = [
    ...run.models.flatMap((model) => [...modelLines(model, page), '']),
    marked(runTone(run), runHeadline(run), page),
    ...(run.interrupted ? ['  The run was interrupted.'] : []),
    ...wrap(visible(contextInWords(run)), page.columns - 2).map((line) => `  ${line}`),
    ...(options.reports ?? []).map((path, at) => `  ${at === 0 ? 'reports' : '       '} ${visible(path)}`),
  ];
  return `${lines.join('\n')}\n`;
}

function modelLines(model: ModelOnVersions, page: Page): string[] {
  return [
    marked(modelTone(model), modelHeadline(model), page),
    ...(model.model === '' ? [] : field('model', model.model, page)),
    ...field('written', writerInWords(model), page),
    ...model.results.flatMap((one, at) => {
      const { mark } = looks[tones[one.verdict]];
      return field(at === 0 ? 'on' : '', `${mark} ${one.version}: ${resultInWords(one)}`, page);
    }),
    ...model.outputs.flatMap((one) => outputLines(one, page)),
  ];
}

function outputLines(compared: OutputsCompared, page: Page): string[] {
  const { mark } = looks[outputTones[answerOfOutputs(compared)]];
  const [head = '', ...more] = outputsInWords(compared);
  return [
    ...field('outputs', `${mark} ${compared.from} and ${compared.to}: ${head}`, page),
    ...[...more, ...numbersInWords(compared), ...farthestInWords(compared)].flatMap((says) =>
      field('', `  ${says}`, page),
    ),
  ];
}

function marked(tone: Tone, text: string, { paint }: Page): string {
  const { mark, style } = looks[tone];
  return paint(style, `${mark} ${visible(text)}`);
}
