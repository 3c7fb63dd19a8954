import { pages } from './markdown.js';

const marks = {
  github: /^on: push/,
  gitlab: /^check:\n/,
  kubernetes: /^apiVersion:/,
  'kubernetes-merge': /^npx assay merge \/parts/,
  'slurm-script': /^#!\/bin\/bash/,
  'slurm-submit': /^job=/,
};

/** A recipe as `docs/scale.md` prints it. */
export function recipe(name: keyof typeof marks): string {
  const page = pages().find(({ file }) => file === 'docs/scale.md');
  const texts = [...(page?.blocks ?? []).map(({ text }) => text), ...(page?.codes ?? [])];
  const [found, ...others] = texts.filter((text) => marks[name].test(text));
  if (found === undefined || others.length > 0) throw new Error(`docs/scale.md has no one recipe: ${name}`);
  return found;
}
