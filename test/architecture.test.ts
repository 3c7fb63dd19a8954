import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { inProject } from '../proof/project.js';
import { filesOf, roomOf, rooms } from './rooms.js';
import { isTest, sources } from './sources.js';

const file = inProject('ARCHITECTURE.md');
const page = readFileSync(file, 'utf8');
const shipped = sources().filter((source) => !isTest(source.file));

describe('the rooms of ARCHITECTURE.md', () => {
  test('are those of the code, in the order of their imports', () => {
    expect(rowsOf(page).map(({ room }) => room)).toEqual(rooms);
  });

  test('import what the page says; UPDATE_DOCS=1 writes it anew', () => {
    const current = page.replace(table, () => tableOf(rowsOf(page))).replace(drawing, drawn);
    if (process.env.UPDATE_DOCS) writeFileSync(file, current);
    else expect(page).toBe(current);
  });

  test('fit one screen', () => {
    const lines = table.exec(page)?.[0].split('\n') ?? [];
    expect(lines.length).toBeLessThan(20);
    expect(lines.filter((line) => line.length > 150)).toEqual([]);
  });
});

type Row = { readonly room: string; readonly holds: string };

const table = /^\| room [\s\S]*?(?=\n\n)/m;
const drawing = /(?<=^```mermaid\n)[\s\S]*?(?=^```$)/m;

function rowsOf(text: string): Row[] {
  const rows = [...(table.exec(text)?.[0] ?? '').matchAll(/^\| `([\w/]+)\/` +\| (.*?) +\|/gm)];
  return rows.map(([, room = '', holds = '']) => ({ room, holds }));
}

/** The table, with what the code imports in its last column. */
function tableOf(rows: readonly Row[]): string {
  const cells = [
    ['room', 'what it holds', 'imports'],
    ...rows.map(({ room, holds }) => [`\`${room}/\``, holds, importsInWords(room)]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = cells;
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join(
    '\n',
  );
}

/** An arrow for each import that does not follow from others. */
function drawn(): string {
  const arrows = [...rooms].reverse().flatMap((room) => {
    const imported = importsOf(room);
    const direct = imported.filter((one) => !imported.some((other) => importsOf(other).includes(one)));
    return direct.map((one) => `  ${named(room)} --> ${named(one)}\n`);
  });
  return `flowchart TD\n${arrows.join('')}`;
}

function named(room: string): string {
  return room.replace('harness/', '');
}

/** Whichever is shorter: the rooms that a room imports, or those above it that it does not. */
function importsInWords(room: string): string {
  const imported = importsOf(room);
  const above = rooms.slice(0, rooms.indexOf(room));
  const rest = above.filter((one) => !imported.includes(one));
  if (imported.length === 0) return 'nothing';
  if (rest.length === 0) return 'all above';
  const list = (some: readonly string[]) => some.map(named).join(', ');
  return rest.length < imported.length ? `all above but ${list(rest)}` : list(imported);
}

function importsOf(room: string): string[] {
  const from = shipped.filter((source) => roomOf(source.file) === room).flatMap(filesOf);
  return rooms.filter((one) => one !== room && from.some((to) => roomOf(to) === one));
}
