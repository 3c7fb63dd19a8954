import { locationKind } from '../location.js';
import type { SpecRule } from './rule.js';

export const modelLocation: SpecRule = (spec) => {
  const model = spec.at<string>('model');
  if (model === undefined) return [];
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]+):\/\//.exec(model)?.[1]?.toLowerCase();
  if (scheme !== undefined && !isFetched(model)) {
    const message = `a model cannot be downloaded over ${scheme}://`;
    const hint = 'use an https URL, or download it and use its path';
    return [{ pointer: ['model'], at: 'value', message, hint }];
  }
  if (locationKind(model) !== 'folder' || spec.at('sha256') === undefined) return [];
  const message = '`sha256` is for an archive or a URL, but the model is a folder';
  return [
    {
      pointer: ['sha256'],
      at: 'key',
      message,
      hint: 'remove it, or use an archive: `.tar.gz`, `.tgz` or `.tar`',
    },
  ];
};

/** Plain http only from this machine, where nobody is in between. */
function isFetched(model: string): boolean {
  if (!URL.canParse(model)) return false;
  const { protocol, hostname } = new URL(model);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname));
}
