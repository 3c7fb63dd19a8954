import { readFileSync } from 'node:fs';

/**
 * The page's script: the compiled modules under `browser/` and what they import, each in a scope of its own, started at
 * the end. The painters of `harness/images` come along as text, so that a counterexample is drawn with its very pixels.
 */
export function pageScript(): string {
  script ??= bundled(
    new URL('./browser/main.js', import.meta.url),
    new URL('../../harness/images/pixels.js', import.meta.url),
  );
  return script;
}

let script: string | undefined;

/** The script of the page that shows models by checks. */
export function matrixScript(): string {
  return bundled(new URL('../matrix/browser/main.js', import.meta.url));
}

/** `pixels`: what the start is given to draw with. */
function bundled(main: URL, pixels?: URL): string {
  const modules = new Map<string, string>();
  const start = add(main, modules);
  const given = pixels === undefined ? '' : `modules[${add(pixels, modules)}].pixelsOf`;
  return `const modules = [];
${[...modules.values()].join('\n')}
modules[${start}].start(${given});
`;
}

/** Adds a module after those it imports; gives its number. */
function add(file: URL, modules: Map<string, string>): number {
  const at = [...modules.keys()].indexOf(file.href);
  if (at >= 0) return at;
  const text = readFileSync(file, 'utf8').replace(
    /^import \{([^}]*)\} from '([^']*)';$/gm,
    (_import, names, from) => {
      return `const {${names.replaceAll(' as ', ': ')}} = modules[${add(new URL(from, file), modules)}];`;
    },
  );
  modules.set(file.href, scoped(text, modules.size));
  return modules.size - 1;
}

function scoped(text: string, number: number): string {
  const exported = [...text.matchAll(/^export (?:function|const|class) (\w+)/gm)].map(([, name]) => name);
  const body = text.replace(/^export /gm, '').replace(/^\/\/[/#].*\n?/gm, '');
  return `modules[${number}] = (() => {\n${body}return { ${exported.join(', ')} };\n})();`;
}
