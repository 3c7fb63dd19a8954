/** How the user called this program: `npx assay` where it is only installed in a project. */
export function calledAs({
  npm_lifecycle_event: by,
  npm_lifecycle_script: line = '',
}: NodeJS.ProcessEnv): string[] {
  return by === 'npx' && /^"?assay\b/.test(line) ? ['npx', 'assay'] : ['assay'];
}

/** A message whose commands the user can type as they are. */
export function asCalled(text: string, env: NodeJS.ProcessEnv = process.env): string {
  return text.replace(/(?<![\w/-])(?<!npx )assay (?=[a-z]+\b)/g, `${calledAs(env).join(' ')} `);
}
