import { locationKind } from '../location.js';
import type { Rule } from './rule.js';

export const modelLocation: Rule = (spec) => {
  const model = spec.at<string>('model');
  if (model === undefined) return [];
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]+):\/\//.exec(model)?.[1]?.toLowerCase();
  if (scheme !== undefined && !isFetched(model)) {
    const message = `a model cannot be fetched by ${scheme}://`;
    const hint = 'give an https URL, or download it and give the path';
    return [{ pointer: ['model'], at: 'value', message, hint }];
  }
  if (locationKind(model) !== 'folder' || spec.at('sha256') === undefined) return [];
  const message = '`sha256` is for an archive or a URL, and the model is a folder';
  return [
    {
      pointer: ['sha256'],
      at: 'key',
      message,
      hint: 'remove it, or name an archive: `.tar.gz`, `.tgz` or `.tar`',
    },
  ];
};

/** Plain http only from this machine, where nobody stands in between. */
function isFetched(model: string): boolean {
  if (!URL.canParse(model)) return false;
  const { protocol, hostname } = new URL(model);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1'].includes(hostname));
}
