import type { Evidence } from '../../../../harness/verdict/run.js';
import { element } from '../elements/dom.js';
import { drawBatches } from './batches.js';
import { drawDropout } from './dropout.js';
import { drawNoise } from './noise.js';
import { batchSizesIn, declaredIn, dropoutIn, noiseIn, sizePatternIn, sizesIn } from './reading.js';
import { drawSizes } from './sizes.js';

/** A picture of each kind of evidence that has one, and all of it as text. */
export function drawEvidence(evidence: Evidence): HTMLElement {
  const [sizes, batches, noise, dropout] = [
    sizesIn(evidence),
    batchSizesIn(evidence),
    noiseIn(evidence),
    dropoutIn(evidence),
  ];
  const figures = [
    ...(sizes ? [drawSizes(sizes, declaredIn(evidence), sizePatternIn(evidence))] : []),
    ...(batches ? [drawBatches(batches)] : []),
    ...(noise ? [drawNoise(noise)] : []),
    ...(dropout ? [drawDropout(dropout)] : []),
  ];
  const text = element('pre', { tabindex: 0 }, JSON.stringify(evidence, undefined, 1).replace(/\n\s+/g, ' '));
  const whole = element('details', { class: 'whole' }, element('summary', {}, 'Evidence as text'), text);
  return element('section', { class: 'evidence' }, element('div', { class: 'figures' }, ...figures), whole);
}
