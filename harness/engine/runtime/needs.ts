import { type CommandOutcome, run } from './command.js';
import { pinnedPython, tfjsNode } from './pins.js';
import { pythons } from './pip.js';
import type { Platform } from './platform.js';
import { SourceUnavailable } from './source-unavailable.js';

/** Something that preparing a runtime needs, and whether it is there. */
export type Tool = {
  readonly name: string;
  readonly ok: boolean;
  /** Its version, or what is wrong. */
  readonly found: string;
  /** Empty when nothing needs fixing. */
  readonly remedy: string;
};

/** What is missing to prepare a runtime from a wheel, beside what is there. */
export class NeedsMissing extends SourceUnavailable {
  readonly needs: readonly Tool[];

  constructor(needs: readonly Tool[]) {
    const missing = needs.filter(({ ok }) => !ok);
    super(
      `It needs what is missing: ${missing.map(({ name }) => name).join(', ')}.`,
      [...new Set(missing.map(({ remedy }) => remedy))].join('\n'),
    );
    this.needs = needs;
  }
}

/** All of it is looked for at once, which takes a few seconds. @throws NeedsMissing that lists everything */
export async function demandNeeds(platform: Platform, signal?: AbortSignal): Promise<void> {
  const needs = (await Promise.all([inspectTools(platform, signal), inspectSources(signal)])).flat();
  if (needs.some(({ ok }) => !ok)) throw new NeedsMissing(needs);
}

/** The programs that prepare a runtime. */
export async function inspectTools(platform: Platform, signal?: AbortSignal): Promise<Tool[]> {
  const compiler = process.env.CXX || platform.compiler;
  const python = await pythonFound(signal);
  return Promise.all([
    tool('npm', ['npm', '--version'], /^(\S+)/, 'Put npm, which comes with Node, on the PATH.', signal),
    tool('python', [python, '--version'], /Python (\S+)/, platform.installPython, signal),
    tool('pip', [python, '-m', 'pip', '--version'], /^pip (\S+)/, platform.installPython, signal),
    tool(compiler, [compiler, '--version'], /(\d+\.\d+\.\d+)/, platform.installCompiler, signal),
  ]);
}

/** Where the parts of a runtime come from, by the user's own settings of npm and pip. */
export async function inspectSources(signal?: AbortSignal): Promise<Tool[]> {
  const python = await pythonFound(signal);
  const npm = ['npm', 'view', `${tfjsNode.name}@${tfjsNode.version}`, 'dist.integrity', ...npmPatience];
  const pip = [python, '-m', 'pip', 'index', 'versions', 'tensorflow', ...pipPatience];
  const found = await Promise.all([
    source('npm registry', npm, 'See registry and proxies in: npm config list', signal),
    source('pip index', pip, 'See index and proxies in: python3 -m pip config list', signal),
  ]);
  return found.flat();
}

const npmPatience = ['--fetch-retries=0', '--fetch-timeout=5000', '--loglevel=error'];
/** The first retry is where pip says what is wrong. The wheels are those for the Python that is asked for later, not for this one. */
const pipPatience = [
  '--python-version',
  pinnedPython,
  '--only-binary=:all:',
  ...['--retries', '1', '--timeout', '5', '--disable-pip-version-check', '--no-input'],
];

/** Longer than the commands wait themselves. */
const timeoutMs = 20_000;

async function pythonFound(signal?: AbortSignal): Promise<string> {
  for (const python of pythons) {
    const { status } = await run(python, ['--version'], { signal, timeoutMs });
    if (status === 'finished') return python;
  }
  return pythons[0];
}

async function tool(
  name: string,
  [program = '', ...args]: readonly string[],
  version: RegExp,
  remedy: string,
  signal?: AbortSignal,
): Promise<Tool> {
  const outcome = await run(program, args, { signal, timeoutMs });
  if (outcome.status !== 'finished' || outcome.code !== 0)
    return { name, ok: false, found: fault(outcome), remedy };
  return { name, ok: true, found: version.exec(outcome.out)?.[1] ?? outcome.out.trim(), remedy: '' };
}

function fault(outcome: CommandOutcome): string {
  if (outcome.status === 'missing') return 'not found';
  return outcome.status === 'killed' ? 'does not answer' : 'does not work';
}

/** No row where the program is missing, or does not say that it cannot reach it. */
async function source(
  name: string,
  [program = '', ...args]: readonly string[],
  remedy: string,
  signal?: AbortSignal,
): Promise<Tool[]> {
  const outcome = await run(program, args, { signal, timeoutMs });
  if (outcome.status !== 'finished') return [];
  if (outcome.code === 0) return [{ name, ok: true, found: 'answers', remedy: '' }];
  const why = whyUnreachable(outcome);
  return why === undefined ? [] : [{ name, ok: false, found: `cannot be reached: ${why}`, remedy }];
}

/** Whatever else goes wrong here, such as an old pip, does not keep a download from being tried. */
function whyUnreachable({ out, err }: { readonly out: string; readonly err: string }): string | undefined {
  const said = `${out}\n${err}`;
  return unreachable.find(([shows]) => shows.test(said))?.[1];
}

const unreachable: readonly (readonly [RegExp, string])[] = [
  [/ProxyError|proxy.*(refused|failed)|tunneling socket/i, 'its proxy does not answer'],
  [/CERTIFICATE|SSLError|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)/i, 'its certificate is not trusted'],
  [
    /ENOTFOUND|EAI_AGAIN|NameResolution|name resolution|Name or service not known|getaddrinfo/i,
    'its name has no address',
  ],
  [/ECONNREFUSED|Connection refused/i, 'the connection is refused'],
  [/ENETUNREACH|EHOSTUNREACH|unreachable/i, 'there is no network'],
  [/ETIMEDOUT|ConnectTimeout|connect timeout/i, 'it does not answer'],
];
