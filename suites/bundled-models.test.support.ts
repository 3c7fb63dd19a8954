import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Check, Conclusion } from '../harness/check/check.js';
import type { Contract } from '../harness/contract/contract.js';
import { readSpec } from '../harness/contract/parsing/parse.js';
import { readSavedModel } from '../harness/savedmodel/reading/read.js';
import type { SavedModel } from '../harness/savedmodel/saved-model.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const twinsFolder = join(root, 'models-under-test/twins');

/** Specs of some bundled models that conform, one in five; `test/conforming.model.test.ts` asks every check about all. */
const conformingSpecs = readdirSync(join(root, 'specs'))
  .filter((name) => name.endsWith('.yaml'))
  .filter((_, at) => at % 5 === 0)
  .map((name) => join(root, 'specs', name));

/** Specs of the broken twins that a check must catch. */
function twinSpecs(checkId: string): readonly string[] {
  const twins: { twin: string; check: string }[] = JSON.parse(
    readFileSync(join(root, 'models-under-test/twins.json'), 'utf8'),
  );
  return twins.filter(({ check }) => check === checkId).map(({ twin }) => join(twinsFolder, `${twin}.yaml`));
}

/** What a reading concludes of a spec's model. Throws when the spec or the model cannot be read. */
export async function concluded(check: Check, spec: string): Promise<Conclusion> {
  const { contract, model } = await read(spec);
  const applies = check.applies(contract, model);
  if (check.kind !== 'reading') throw new Error(`${check.id} is no reading.`);
  if (applies === true) return check.read(model, contract);
  return { status: 'skip', reason: typeof applies === 'string' ? applies : applies.text };
}

type Read = { readonly contract: Contract; readonly model: SavedModel };

/** Read once for all tests of a process. */
const known = new Map<string, Promise<Read>>();

function read(spec: string): Promise<Read> {
  const asked = known.get(spec) ?? readAnew(spec);
  known.set(spec, asked);
  return asked;
}

async function readAnew(spec: string): Promise<Read> {
  const parsed = await readSpec(spec);
  if (parsed.kind === 'problems') throw new Error(parsed.problems[0]?.message);
  const { contract } = parsed;
  if (contract.model.kind !== 'folder') throw new Error(`The model of ${spec} is no folder.`);
  return { contract, model: await readSavedModel(contract.model.path) };
}

/**
 * Registers tests: the reading raises no alarm on conforming models and catches its twins, in these words. Twins that are
 * caught `elsewhere` are named.
 */
export function testOnBundledModels(
  check: Check,
  caught: Readonly<Record<string, RegExp>>,
  elsewhere: readonly string[] = [],
): void {
  describe(check.id, () => {
    test.each(conformingSpecs.map((spec) => [basename(spec), spec] as const))(
      'conforms: %s',
      async (_, spec) => {
        expect(await concluded(check, spec)).toMatchObject({
          status: expect.stringMatching(/^(pass|skip)$/),
        });
      },
    );

    test.each(Object.entries(caught))('catches %s', async (twin, words) => {
      const conclusion = await concluded(check, join(twinsFolder, `${twin}.yaml`));
      expect(shown(conclusion)).toMatch(words);
    });

    test('has no other twins', () => {
      const own = twinSpecs(check.id).map((spec) => basename(spec, '.yaml'));
      expect([...Object.keys(caught), ...elsewhere]).toEqual(expect.arrayContaining(own));
    });
  });
}

function shown(conclusion: Conclusion): string {
  return conclusion.status === 'fail' ? conclusion.finding.actual : conclusion.status;
}
