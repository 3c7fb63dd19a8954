export type Target = { readonly model: string; readonly check: string };

/** The address of a model or of one of its checks inside the page: `#model/check`. */
export function linkTo(model: string, check = ''): string {
  const parts = check === '' ? [] : check.split('/');
  return `#${[model, ...parts].map(encodeURIComponent).join('/')}`;
}

/** What an address names: a model, and a check where it goes on. Undefined when it names nothing or is garbled. */
export function targetOf(hash: string): Target | undefined {
  const [model = '', ...check] = (hash.slice(1).split('?')[0] ?? '').split('/');
  if (model === '') return undefined;
  try {
    return { model: decodeURIComponent(model), check: check.map(decodeURIComponent).join('/') };
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
