import { statSync } from 'node:fs';
import path from 'node:path';
import { shellWord } from '../../harness/verdict/shell-word.js';
import { unlessSystemError } from '../../harness/verdict/system-error.js';

/**
 * An error of the command line as it is printed: what commander says, and under it what to do, a line each. `args`: what was
 * typed after `assay`; `commands`: the names of all commands.
 */
export function usageText(said: string, args: readonly string[], commands: readonly string[]): string {
  const error = said.trimEnd();
  const clue = clueIn(error, args, commands);
  const asked = commands.find((name) => name === args[0]);
  const help = `\`assay ${asked === undefined ? '' : `${asked} `}--help\` shows ${asked === undefined ? 'all commands' : 'its arguments and options'}.`;
  const shown = clue === undefined ? error : error.replace(/\n\(Did you mean .*$/s, '');
  return [shown, ...[clue, help].flatMap((one) => one ?? []).map((one) => `  → ${one}`), ''].join('\n');
}

function clueIn(error: string, args: readonly string[], commands: readonly string[]): string | undefined {
  const [first = ''] = args;
  const long = args.find((one) => /^[–—]/.test(one));
  if (long !== undefined) return `Options begin with two hyphens: --${long.replace(/^[–—]+/, '')}`;
  if (error.startsWith('error: unknown command')) return clueInPath(first);
  if (error.startsWith('error: unknown option') && !commands.includes(first))
    return 'Options follow the command, as in: assay check SPEC --seed 7';
  if (error.startsWith('error: missing required argument')) return clueInWords(args);
  return undefined;
}

/** A path in the place of a command. */
function clueInPath(given: string): string | undefined {
  const found = kindOf(given);
  if (found === undefined) return undefined;
  const model = kindOf(path.join(given, 'saved_model.pb')) !== undefined;
  return `${given} is a ${found} here. Did you mean: assay ${model ? 'init' : 'check'} ${shellWord(given)}`;
}

function kindOf(given: string): 'file' | 'folder' | undefined {
  try {
    return statSync(given).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    return unlessSystemError(error);
  }
}

/** An option that takes several words has taken the argument, too. */
function clueInWords(args: readonly string[]): string | undefined {
  const greedy = args.find((one) => ['--only', '--skip', '--despite'].includes(one));
  return greedy === undefined
    ? undefined
    : `${greedy} takes all words after it: put what to check before it.`;
}
