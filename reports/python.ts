import type { Batch } from '../harness/verdict/batch.js';
import type { Proof, PythonCase } from './python/case.js';
import { callCode, functionsCode, headerCode, loadingCode, openingCode } from './python/frame.js';
import { textLiteral } from './python/literal.js';
import { batchCall, patternsIn, pixelsCode } from './python/pixels.js';
import { proofs, unshowable } from './python/proofs/proofs.js';

export type Script =
  | { readonly kind: 'script'; readonly text: string }
  /** No Python script can show it. */
  | { readonly kind: 'none'; readonly why: string };

/**
 * A script that shows a failure to somebody who has TensorFlow and not this tool: it makes the same images, calls the
 * model that `hub.load` returns, and exits with 1 when it shows the failure, with 0 when not, or with 2 when it could
 * not try.
 */
export function python(one: PythonCase): Script {
  const { finding, id } = one.check;
  const proof = proofs[id] ?? unknown;
  const perturbed = finding?.batch?.nudge === undefined ? undefined : 'It needs perturbed images.';
  const why = unshowable[id] ?? perturbed ?? proof.cannot?.(one);
  if (why !== undefined) return { kind: 'none', why };
  const images = `images = ${batchCall(finding?.batch ?? usual(one))}`;
  const body = proof.code(one);
  const needsImages = body.includes('images') || body.includes('batch(');
  const parts = [
    headerCode(one),
    openingCode(one),
    ...(needsImages ? [pixelsCode(patternsIn(`${images}\n${body}`), one.colors)] : []),
    [...(needsImages ? [images] : []), ...(proof.loads ? [] : [loadingCode])].join('\n'),
    ...(body.includes('call(') ? [callCode(one)] : []),
    ...(/(functions|signatures)\(\)/.test(body) ? [functionsCode(one)] : []),
    ...(body.includes('signatures()') ? [signaturesCode] : []),
    `${body.trim()}\nprint("This did not show the failure.")`,
  ];
  return { kind: 'script', text: `${parts.filter(Boolean).join('\n\n\n')}\n` };
}

/** A script that says why there is none, so that what is kept of it shows nothing by accident. */
export function noPython(why: string): string {
  return `import sys

print(${textLiteral(why)})
sys.exit(2)  # 0 would say that the failure is gone
`;
}

/** For a check of which nothing is known here. */
const unknown: Proof = {
  code: () => `output = call(images)
print("The call returns:", output)
print("Judge yourself whether that breaks the promise; see the comments on top.")`,
};

const signaturesCode = `def signatures():
    """The signatures of the concrete functions behind the call."""
    return [function.pretty_printed_signature() for function in functions()]`;

/** Varied images at the smallest size, for a check that keeps no batch. */
function usual({ smallest: [height, width] }: PythonCase): Batch {
  return { count: 6, height, width, pattern: 'mixed', seed: 17 };
}
