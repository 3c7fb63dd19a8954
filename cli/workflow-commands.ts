import { StringDecoder } from 'node:string_decoder';

/** Where output goes whose commands GitHub is to obey. */
export type CommandWriter = (text: string) => void;

/**
 * In a GitHub workflow, makes a stream break whatever GitHub would take for a command: text of models and specs reaches the log, and
 * must not set variables or forge annotations. Returns what still writes commands. Source: ActionCommand.cs of
 * github.com/actions/runner.
 */
export function breakCommands(stream: NodeJS.WritableStream, env: NodeJS.ProcessEnv): CommandWriter {
  const write = stream.write.bind(stream);
  if (env.GITHUB_ACTIONS !== 'true') return (text) => void write(text);
  const decoder = new StringDecoder();
  stream.write = ((chunk: string | Uint8Array, ...rest: []) =>
    write(
      broken(typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk))),
      ...rest,
    )) as typeof stream.write;
  return (text) => void write(text);
}

/** A space without width, which is none to GitHub, comes between the signs of a command. */
function broken(text: string): string {
  return text.replaceAll(/^((?:[^\S\n]|\x85)*:)(?=:)/gm, '$1\u200b').replaceAll('##[', '##\u200b[');
}
