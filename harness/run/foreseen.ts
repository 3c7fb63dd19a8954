import type { Check } from '../check/check.js';
import type { Contract } from '../contract/contract.js';
import type { OpenSubject } from '../engine/open-subject.js';
import type { Call } from '../engine/subject.js';
import { casesOf } from './property.js';
import { callsOf } from './trial.js';

/**
 * The calls that a check will make at this seed, as far as they are known before the first of them. None where the check
 * throws: it will throw again when it is decided.
 */
export function foreseenCalls(...of: Parameters<typeof callsFor>): readonly Call[] {
  try {
    return callsFor(...of);
  } catch (_toldLater) {
    return [];
  }
}

function callsFor(check: Check, subject: OpenSubject, contract: Contract, seed: number): readonly Call[] {
  const { model } = subject;
  if (check.kind === 'reading' || check.applies(contract, model) !== true) return [];
  if (check.kind === 'measurement') return check.foreseen?.(model, contract) ?? [];
  return casesOf(check, subject, contract, seed).cases.flatMap((batch) => callsOf(check, batch));
}
