import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { existing } from '../verdict/system-error.js';
import type { ModelLocation } from './contract.js';

/** The kind of location that a spec's `model` names, by its spelling alone. */
export function locationKind(model: string): ModelLocation['kind'] {
  if (/^https?:\/\//.test(model)) return 'url';
  return /\.(tar\.gz|tgz|tar)$/i.test(model) ? 'archive' : 'folder';
}

/** Where the model is; relative paths are relative to `folder`. A folder is one, whatever it is called. */
export function locationOf(model: string, sha256: string | undefined, folder: string): ModelLocation {
  const digest = sha256?.toLowerCase();
  const path = resolve(folder, model);
  const kind = locationKind(model);
  switch (kind === 'archive' && isFolder(path) ? 'folder' : kind) {
    case 'url':
      return { kind: 'url', url: model, sha256: digest ?? '' };
    case 'archive':
      return {
        kind: 'archive',
        path,
        ...(digest !== undefined && { sha256: digest }),
      };
    case 'folder':
      return { kind: 'folder', path };
  }
}

function isFolder(path: string): boolean {
  return existing(() => statSync(path))?.isDirectory() ?? false;
}
