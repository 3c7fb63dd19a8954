import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseSpec } from '../harness/contract/parsing/parse.js';
import { inProject, projectFolder } from '../proof/project.js';
import { checks } from '../suites/all.js';
import { type Page, pages } from './markdown.js';
import { packages } from './packages.js';
import { assay } from './run-command.js';
import { sources } from './sources.js';

const all = pages();
const manifest = JSON.parse(readFileSync(inProject('package.json'), 'utf8'));

/** Each command of `assay` with the options that its own help lists. */
const commands = new Map<string, readonly string[]>();

beforeAll(async () => {
  const names = namesIn(await assay(['--help']));
  for (const name of names) commands.set(name, optionsIn(await assay([name, '--help'])));
});

test('there are pages, and commands with options', () => {
  expect(all.length).toBeGreaterThan(8);
  expect([...commands.keys()]).toEqual(
    expect.arrayContaining(['check', 'doctor', 'init', 'inspect', 'setup']),
  );
  expect(commands.get('check')).toContain('--seed');
});

describe.each(all)('$file', (page) => {
  test('links lead somewhere', () => {
    expect(page.links.filter((link) => !leads(page, link))).toEqual([]);
  });

  test('files that it names exist', () => {
    expect(page.codes.filter(isPath).filter((file) => !isThere(page, file))).toEqual([]);
  });

  test('commands and their options exist', () => {
    expect(lines(page).flatMap(wrongIn)).toEqual([]);
  });

  test('options named in the text exist', () => {
    const ours = new Set([...commands.values()].flat());
    const named = page.codes.flatMap((code) => (/^--[\w-]+/.exec(code) ?? []).slice(0, 1));
    expect(named.filter((option) => !ours.has(option) && !elsewhere.includes(option))).toEqual([]);
  });

  test('variables of the environment are read somewhere', () => {
    const template = readFileSync(inProject('templates/gitlab.yml'), 'utf8');
    const text = [template, ...sources().map((source) => source.text)].join('\n');
    const named = [...page.codes, ...lines(page)].flatMap(
      (code) => code.match(/\b(?:ASSAY|UPDATE)_[A-Z_]+/g) ?? [],
    );
    expect(named.filter((name) => !text.includes(name))).toEqual([]);
  });

  test('specs can be read', () => {
    const specs = page.blocks.filter(({ language, text }) => language === 'yaml' && /^model:/m.test(text));
    const problems = specs.flatMap(({ text }) => {
      const parsed = parseSpec(text, inProject('docs', 'example.yaml'));
      return parsed.kind === 'problems' ? parsed.problems.map(({ message }) => message) : [];
    });
    expect(problems).toEqual([]);
  });
});

test('every package that ships has a reason', () => {
  const page = all.find(({ file }) => file === 'docs/decisions/0003-dependencies.md');
  const text = readFileSync(inProject(page?.file ?? ''), 'utf8');
  const names = [...text.matchAll(/^\| ([@a-z][^|]*?) +\|/gm)].flatMap(([, cell]) =>
    (cell ?? '').split(', '),
  );
  expect(names.filter((name) => name !== 'package').sort()).toEqual(Object.keys(packages).sort());
});

/** Options of other programs: npm's, vitest's, docker's, those of scripts/. */
const elsewhere = [
  '--build-arg',
  '--cap-drop',
  '--ignore-scripts',
  '--kind',
  '--network',
  '--shard',
  '--twin',
];

/** The commands that `assay --help` lists. */
function namesIn({ out }: { readonly out: string }): string[] {
  const listed = out.slice(out.indexOf('Commands:'));
  return [...listed.matchAll(/^ {2}(\w+)/gm)].flatMap(([, name]) => (name && name !== 'help' ? [name] : []));
}

function optionsIn({ out }: { readonly out: string }): string[] {
  return [...out.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].flatMap(([, option]) => option ?? []);
}

/** Everything on a page that somebody might type. */
function lines({ codes, blocks }: Page): string[] {
  return [...codes, ...blocks.flatMap(({ text }) => text.split('\n'))].map((line) =>
    line
      .trim()
      .replace(/^- (?:run: )?/, '')
      .replace(/\s+#.*$/, ''),
  );
}

/** What a line asks for that is not there. */
function wrongIn(line: string): string[] {
  const [, script] = /^(?:.*&& )?npm (?:run )(\S+)/.exec(line) ?? [];
  if (script !== undefined && !(script in manifest.scripts)) return [line];
  const [, rest] = /^(?:\w+=\S+ )*(?:npx assay|assay|node dist\/bundle\/cli\.js)(?: (.*))?$/.exec(line) ?? [];
  const [name, ...words] = rest?.split(/\s+/) ?? [];
  if (name === undefined || name === '…' || name.startsWith('-')) return [];
  const options = commands.get(name);
  const asked = words.filter((word) => word.startsWith('--')).map((word) => word.replace(/=.*/, ''));
  return options && asked.every((option) => options.includes(option)) ? [] : [line];
}

function leads(page: Page, link: string): boolean {
  if (/^https?:/.test(link)) return true;
  const [file = '', anchor] = link.split('#');
  const target = file === '' ? page.file : path.posix.join(path.posix.dirname(page.file), file);
  if (!existsSync(inProject(target))) return false;
  return anchor === undefined || all.some((one) => one.file === target && one.headings.includes(anchor));
}

const rooms =
  /^(?:\.\.?\/)*(?:\.ci|api|cli|dist|docs|harness|models-under-test|bench|proof|reports|specs|suites|templates|test|torture)\//;

/** Whether a piece of code names a file of the project; capitals stand for a name of the reader's own. */
function isPath(code: string): boolean {
  const known = new Set(checks.map(({ id }) => id));
  return rooms.test(code) && !known.has(code) && !/\s|[A-Z]{3,}(?!E\.md)/.test(code);
}

function isThere(page: Page, file: string): boolean {
  const beside = path.posix.join(path.posix.dirname(page.file), file);
  return [file, beside].some(
    (one) =>
      existsSync(inProject(one)) || (one.includes('*') && globSync(one, { cwd: projectFolder }).length > 0),
  );
}
