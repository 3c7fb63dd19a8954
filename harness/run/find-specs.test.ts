import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findSpecs } from './find-specs.js';

const folder = mkdtempSync(path.join(tmpdir(), 'specs [1] '));
mkdirSync(path.join(folder, 'inner'));
for (const file of ['b.yaml', 'a.yml', 'spec.json', 'inner/c.yaml', 'labels.txt'])
  writeFileSync(path.join(folder, file), '');
const at = (...names: string[]) => names.map((name) => path.join(folder, name));

test('a folder gives its YAML files, deep down, sorted', async () => {
  expect(await findSpecs(['.'], folder)).toEqual(at('a.yml', 'b.yaml', 'inner/c.yaml'));
});

test('a file is taken whatever its name, from anywhere, once', async () => {
  expect(await findSpecs(['spec.json', ...at('spec.json'), 'inner'], folder)).toEqual(
    at('inner/c.yaml', 'spec.json'),
  );
});

test('a pattern gives what it matches', async () => {
  expect(await findSpecs(['**/{b,c}.yaml'], folder)).toEqual(at('b.yaml', 'inner/c.yaml'));
});

test.each(['missing.yaml', '*.toml', 'nowhere'])('%s, which matches nothing, is said', async (given) => {
  await expect(findSpecs(['.', given], folder)).rejects.toThrow(`${given} is neither a file nor a folder`);
});

test.each([
  ['model.keras', 'is a file: a Keras model file. | Run assay wrap on it'],
  ['model.tar.gz', 'is a model, and no spec of one. | Write a first spec with `assay init model.tar.gz`'],
  ['saved', 'is a model, and no spec of one. | Write a first spec with `assay init saved`'],
])('%s, which is a model, is said', async (given, says) => {
  const models = mkdtempSync(path.join(tmpdir(), 'models-'));
  mkdirSync(path.join(models, 'saved'));
  for (const file of ['model.keras', 'model.tar.gz', 'saved/saved_model.pb'])
    writeFileSync(path.join(models, file), '');
  const refused = await findSpecs([given], models).catch((error) => error);
  expect(`${refused.message} | ${refused.remedy}`).toContain(`${given} ${says}`);
});

test('what lies behind links is found, out of the repository where that is wanted', async () => {
  const linked = mkdtempSync(path.join(tmpdir(), 'linked-'));
  const inside = ['alias.yaml', 'own.yaml', 'same/own.yaml', 'specs/own.yaml'];
  for (const made of ['.git', 'specs']) mkdirSync(path.join(linked, made));
  for (const own of ['own.yaml', 'specs/own.yaml']) writeFileSync(path.join(linked, own), '');
  symlinkSync('own.yaml', path.join(linked, 'alias.yaml'));
  symlinkSync('specs', path.join(linked, 'same'));
  symlinkSync(path.join(folder, 'inner'), path.join(linked, 'out'));
  for (const given of ['.', '**/*.yaml']) {
    expect(await findSpecs([given], linked)).toHaveLength(inside.length + 1);
    expect(await findSpecs([given], linked, false)).toEqual(inside.map((name) => path.join(linked, name)));
  }
  // Whoever reads a spec that is itself a link out says so.
  symlinkSync('/', path.join(linked, 'specs/all'));
  symlinkSync(path.join(folder, 'inner/c.yaml'), path.join(linked, 'link.yaml'));
  const found = await findSpecs(['.'], linked, false);
  expect(found.map((file) => path.relative(linked, file))).toEqual([...inside, 'link.yaml'].sort());
});

test('a folder without specs is said', async () => {
  const empty = mkdtempSync(path.join(tmpdir(), 'empty-'));
  await expect(findSpecs([empty], folder)).rejects.toThrow('contains no spec');
});
