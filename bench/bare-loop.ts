import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { lossFunctions } from '../harness/engine/losses.js';
import { lower } from '../harness/engine/lowering/lower.js';
import { loadAddon } from '../harness/engine/process/addon.js';
import { Session } from '../harness/engine/process/session.js';
import { namedEndpoint } from '../harness/savedmodel/named-endpoint.js';
import { readSavedModel } from '../harness/savedmodel/reading/read.js';
import { contractAt } from '../proof/running.js';
import type { RecordedCall } from './recording.js';

/**
 * Makes recorded calls one after the other in this process, with nothing else around them, and prints how long each part
 * took: `node dist/bench/bare-loop.js ADDON SPEC CALLS.json`.
 */
const [addon = '', spec = '', callsFile = ''] = process.argv.slice(2);
const begun = performance.now();
const contract = await contractAt(spec);
if (contract.model.kind !== 'folder') throw new Error('The model of a benchmark must be a folder.');
const folder = await mkdtemp(path.join(tmpdir(), 'assay-bench-'));
try {
  const model = await readSavedModel(contract.model.path);
  const functions = [...(namedEndpoint(model, contract)?.concreteFunctions ?? []), ...lossFunctions(model)];
  const lowered = await lower(model, functions, folder);
  const session = new Session(loadAddon(addon), folder, contract.colorRange);
  session.run({ values: [], fetch: [lowered.reset] });
  const calls: readonly RecordedCall[] = JSON.parse(await readFile(callsFile, 'utf8'));
  const loaded = performance.now();
  let callMs = 0;
  for (const { run } of calls) callMs += session.run(run).callMs;
  const { maxRSS } = process.resourceUsage();
  console.log(JSON.stringify({ startMs: 0, loadMs: loaded - begun, callMs, peakBytes: maxRSS * 1024 }));
} finally {
  await rm(folder, { recursive: true, force: true });
}
