/** What the parts of a new check are called. */
export type Names = {
  readonly id: string;
  readonly suite: string;
  /** Path of the check's file, without its ending. */
  readonly file: string;
  /** The check in TypeScript: `scaledRows`. */
  readonly exported: string;
  /** The broken model: `scaled-rows-broken`. */
  readonly twin: string;
  /** The class of the broken model in Python: `ScaledRowsBroken`. */
  readonly twinClass: string;
  /** The rule in Python: `output_scaled_rows`. */
  readonly rule: string;
};

const pattern = /^[a-z][a-z0-9]*\/[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** The names that follow from an id; undefined when it is none. `taken`: names that other checks are exported by. */
export function namesFor(id: string, twin: string | undefined, taken: readonly string[]): Names | undefined {
  if (!pattern.test(id)) return undefined;
  const [suite = '', name = ''] = id.split('/');
  const broken = twin ?? `${name}-broken`;
  const short = camel(name);
  return {
    id,
    suite,
    file: `suites/${id}`,
    exported: [...taken, ...reserved].includes(short) ? camel(`${suite}-${name}`) : short,
    twin: broken,
    twinClass: capital(camel(broken)),
    rule: `${suite}_${name}`.replaceAll('-', '_'),
  };
}

/** Words that are names of checks before they are those of constants. */
const reserved = ['default', 'delete', 'function', 'import', 'in', 'new', 'return', 'switch', 'this', 'with'];

function camel(name: string): string {
  return name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
