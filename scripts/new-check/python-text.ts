import type { Names } from './names.js';

/** A table of a Python module, and what a new check adds to the module: a definition above the table, and a row. */
export type Addition = {
  readonly table: 'TWINS' | 'RULES';
  readonly definition: string;
  readonly row: string;
};

export function twinOf({ id, twin, twinClass }: Names): Addition {
  return {
    table: 'TWINS',
    definition: `class ${twinClass}(Tiny):
    def finish(self, rows, images, training):
        raise NotImplementedError('TODO: the fault that ${id} is there to see, and no other')
`,
    row: `    '${twin}': Twin('${id}', 'TODO', ${twinClass}),\n`,
  };
}

export function ruleOf({ id, rule }: Names): Addition {
  return {
    table: 'RULES',
    definition: `def ${rule}(subject):
    raise NotImplementedError('TODO: the rule ${id}, without a look at the check')
    yield 'the fault that is seen'
`,
    row: `    '${id}': ${rule},\n`,
  };
}

/** A module with an addition in it. */
export function withAddition(text: string, { table, definition, row }: Addition): string {
  const head = new RegExp(`\\n+${table} = \\{\\n`);
  return text.replace(head, () => `\n\n\n${definition}\n\n${table} = {\n${row}`);
}

/** A module of its own for an addition. */
export function moduleFor({ table, definition, row }: Addition, suite: string): string {
  const what = table === 'TWINS' ? 'Twins' : 'Rules';
  const family = `FAMILY = 'TODO: the kind of fault that they stand for'`;
  const imports =
    table === 'TWINS' ? `from .tiny import Tiny\nfrom .twin import Twin\n\n${family}\n\n\n` : '\n';
  return `"""${what} for the suite \`${suite}\`."""\n\n${imports}${definition}\n\n${table} = {\n${row}}\n`;
}

/** Whether an addition for a suite is at home in a module: the module has rows of this suite, in a table that can be added to. */
export function isHomeOf(text: string, { table }: Addition, suite: string): boolean {
  const [, rows = ''] = text.split(`\n${table} = {\n`);
  const needed = table === 'RULES' || /^from \.tiny import (?:.*, )?Tiny\b/m.test(text);
  return needed && rows.includes(`'${suite}/`);
}
