import type { Fault } from '../problem/fault.js';
import { nearest } from '../schema/suggestion.js';
import type { SpecRule } from './rule.js';

export const waivedChecks: SpecRule = (spec, { checkIds }) => {
  const seen = new Set<string>();
  return spec.keys('waivers').flatMap((key): Fault[] => {
    const pointer = ['waivers', Number(key), 'check'];
    const id = spec.at<string>(...pointer);
    if (id === undefined) return [];
    if (seen.has(id)) {
      return [{ pointer, at: 'value', message: `\`${id}\` is waived twice`, hint: 'keep one of the two' }];
    }
    seen.add(id);
    if (checkIds === undefined || checkIds.includes(id)) return [];
    const meant = nearest(id, checkIds);
    const hint =
      meant === undefined
        ? '`assay list` shows them all; `--checks` adds those of a module of yours'
        : `did you mean \`${meant}\`?`;
    return [{ pointer, at: 'value', message: `no check is called \`${id}\``, hint }];
  });
};
