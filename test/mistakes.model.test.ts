import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { inProject } from '../proof/project.js';
import { emptyFolder, run } from './run-command.js';

type File =
  | string
  | { readonly copy: string }
  | { readonly base64: string }
  | { readonly repeat: string; readonly times: number }
  | Readonly<Record<string, never>>;

/** As `test/mistakes/README.md` describes it. */
type Mistake = {
  readonly title: string;
  readonly files?: Readonly<Record<string, File>>;
  readonly types: string;
  readonly says: readonly string[];
  readonly never?: readonly string[];
  readonly exit?: number;
  readonly runs?: true;
};

const lists = inProject('test/mistakes');
const mistakes = readdirSync(lists)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => parse(readFileSync(path.join(lists, name), 'utf8')) as readonly Mistake[]);

const { folder, remove } = emptyFolder();
afterAll(remove);

/** `assay`, as a user has it on the PATH. */
const commands = path.join(folder, 'bin');
mkdirSync(commands);
chmodSync(inProject('dist/bundle/cli.js'), 0o755);
symlinkSync(inProject('dist/bundle/cli.js'), path.join(commands, 'assay'));

test('they are many, each with a title of its own', () => {
  expect(mistakes.length).toBeGreaterThanOrEqual(60);
  expect(new Set(mistakes.map(({ title }) => title)).size).toBe(mistakes.length);
});

test.concurrent.each(mistakes)(
  '$title: $types',
  async ({ types, says, never = [], files = {}, exit = 2, runs }) => {
    const cwd = folderWith(files);
    const { code, out, err } = await run('sh', ['-c', types], {
      cwd,
      env: runs ? onPath : { ...onPath, ...withoutTensorFlow },
    });
    const said = `${out}${err}`;
    for (const fragment of says) expect(said).toContain(fragment);
    for (const fragment of never) expect(said).not.toContain(fragment);
    expect(said).not.toMatch(/^ +at .*:\d+:\d+\)?$|This is a bug/m);
    expect(repeatedIn(said)).toEqual([]);
    expect(said).toMatch(/→ |= help: |remedy|Usage: /);
    expect(code).toBe(exit);
  },
);

const onPath = { PATH: `${commands}:${process.env.PATH}` };

/** Most mistakes are found before TensorFlow is looked for. */
const withoutTensorFlow = {
  ASSAY_CACHE: path.join(folder, 'cache'),
  ASSAY_TENSORFLOW_FOLDER: path.join(folder, 'no TensorFlow'),
};

function folderWith(files: Readonly<Record<string, File>>): string {
  made += 1;
  const cwd = path.join(folder, `${made}`);
  cpSync(inProject('models-under-test/tiny-classifier'), path.join(cwd, 'model'), { recursive: true });
  cpSync(inProject('specs/tiny-classifier.labels.txt'), path.join(cwd, 'labels.txt'));
  writeFileSync(path.join(cwd, 'spec.yaml'), spec);
  for (const [name, file] of Object.entries(files)) write(path.join(cwd, name), file);
  return cwd;
}

let made = 0;

const spec = `model: model
api: image-classification
image_size: { height: { min: 16, max: 64, step: 8 }, width: { min: 16, max: 64, step: 8 } }
num_classes: 5
activation: softmax
classes: labels.txt
`;

function write(target: string, file: File): void {
  mkdirSync(path.dirname(target), { recursive: true });
  if (typeof file === 'string') writeFileSync(target, file);
  else if ('copy' in file) cpSync(inProject(String(file.copy)), target, { recursive: true });
  else if ('base64' in file) writeFileSync(target, Buffer.from(String(file.base64), 'base64'));
  else if ('repeat' in file) writeFileSync(target, String(file.repeat).repeat(Number(file.times)));
  else mkdirSync(target);
}

/** Sentences that are there twice. */
function repeatedIn(said: string): string[] {
  const sentences = said
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length >= 25 && !/^\d+ \|/.test(line));
  return sentences.filter((sentence, at) => sentences.indexOf(sentence) !== at);
}
