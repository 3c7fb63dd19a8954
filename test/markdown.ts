import { readFileSync } from 'node:fs';
import { globSync } from 'tinyglobby';
import { inProject, projectFolder } from '../proof/project.js';

export type Page = {
  /** Relative to the project, with slashes. */
  readonly file: string;
  readonly headings: readonly string[];
  readonly links: readonly string[];
  /** The text without code blocks. */
  readonly prose: string;
  /** What stands between single backticks in the text. */
  readonly codes: readonly string[];
  /** Code blocks: fenced ones with their language, indented ones with none. */
  readonly blocks: readonly { readonly language: string; readonly text: string }[];
};

/** Every Markdown file that somebody wrote. */
export function pages(): Page[] {
  const ignore = [
    '**/node_modules/**',
    'dist/**',
    'assay-report/**',
    '**/*.golden.md',
    '**/.venv/**',
    'models-under-test/on-demand/**',
  ];
  return globSync('**/*.md', { cwd: projectFolder, ignore }).sort().map(pageOf);
}

const fenced = /^( *)```(\w*)\n([\s\S]*?)^\1```$/gm;
const indented = /(?:^\n|^(?=[^\s].*:\n\n))?(?:^(?: {4,}).*\n?)+/gm;

function pageOf(file: string): Page {
  const text = readFileSync(inProject(file), 'utf8').replace(/<!--[\s\S]*?-->/g, '');
  const withoutFenced = text.replace(fenced, '');
  const prose = withoutFenced.replace(indented, '');
  return {
    file,
    headings: [...withoutFenced.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading ?? '')),
    prose,
    links: [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link ?? ''),
    codes: [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? ''),
    blocks: [
      ...[...text.matchAll(fenced)].map(([, , language, block]) => ({
        language: language ?? '',
        text: block ?? '',
      })),
      ...[...withoutFenced.matchAll(indented)].map(([block]) => ({ language: '', text: block })),
    ],
  };
}

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\s-]/g, '')
    .replaceAll(/\s/g, '-');
}
