import { basename } from 'node:path';
import { exporterOf } from '../../harness/savedmodel/exporter.js';
import type { Loss, Resource, SavedModel } from '../../harness/savedmodel/saved-model.js';
import { visible } from '../../reports/wording/visible.js';
import { cut } from './cut.js';
import { endpointLines } from './endpoint-lines.js';
import { remarks } from './remarks.js';
import { variableLines } from './variable-lines.js';

/** The content of a SavedModel, for a reader in a hurry: long lists are cut and say how much is left out. */
export function inspectionText(model: SavedModel, digest: string): string {
  const { folder, methods, signatures, losses, resources } = model;
  const writer = writerOf(model);
  const sections = [
    section(
      'Methods',
      cut(
        [...methods.values()].map((endpoint) => endpointLines(model, endpoint)),
        8,
      ).flat(),
    ),
    section(
      'Signatures',
      cut(
        [...signatures.values()].map((endpoint) => endpointLines(model, endpoint)),
        8,
      ).flat(),
    ),
    section('Variables', variableLines(model)),
    section('Regularization losses', lossLines(losses ?? [])),
    section('Other captures', cut([...resources.values()].map(resourceText), 12)),
    section('Remarks', remarks(model)),
  ];
  return [`${basename(folder)}${writer}`, digest, ...sections.flat(), ''].map(visible).join('\n');
}

function writerOf(model: SavedModel): string {
  const { tensorflowVersion } = model;
  const by = [
    tensorflowVersion === '' ? '' : `TensorFlow ${tensorflowVersion}`,
    exporterOf(model)?.name ?? '',
  ];
  const known = by.filter((name) => name !== '');
  return known.length === 0 ? '' : `, written by ${known.join(' and ')}`;
}

/** A heading over indented lines; nothing for no lines. */
function section(heading: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', heading, ...lines.map((line) => `  ${line}`)];
}

function lossLines(losses: readonly Loss[]): readonly string[] {
  const others = losses.flatMap((loss, at) => (loss.kind === 'other' ? [`number ${at}: ${loss.what}`] : []));
  const functions = losses.length - others.length;
  const count = functions === 1 ? '1 function' : `${functions} functions`;
  return [...(functions > 0 ? [count] : []), ...cut(others, 4)];
}

function resourceText(resource: Resource): string {
  switch (resource.kind) {
    case 'constant':
      return `constant ${resource.graphNode}`;
    case 'asset':
      return `file ${resource.file}`;
    case 'created':
      return `resource ${resource.path}${resource.initialize === undefined ? '' : ', filled when it is loaded'}`;
    case 'unsupported':
      return `${resource.what}: not supported by assay`;
  }
}
