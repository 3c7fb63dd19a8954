import { resolve } from 'node:path';
import type { ModelLocation } from './contract.js';

/** The kind of location that a spec's `model` names, by its spelling alone. */
export function locationKind(model: string): ModelLocation['kind'] {
  if (/^https?:\/\//.test(model)) return 'url';
  return /\.(tar\.gz|tgz|tar)$/i.test(model) ? 'archive' : 'folder';
}

/** Where the model is; relative paths are relative to `folder`. */
export function locationOf(model: string, sha256: string | undefined, folder: string): ModelLocation {
  const digest = sha256?.toLowerCase();
  switch (locationKind(model)) {
    case 'url':
      return { kind: 'url', url: model, sha256: digest ?? '' };
    case 'archive':
      return {
        kind: 'archive',
        path: resolve(folder, model),
        ...(digest !== undefined && { sha256: digest }),
      };
    case 'folder':
      return { kind: 'folder', path: resolve(folder, model) };
  }
}
