import { escaped, sha256 } from './escape.js';

export type Frame = {
  /** Text. */
  readonly title: string;
  readonly style: string;
  /** What runs at the end of the body; left out, nothing may run. */
  readonly script?: string;
  /** HTML. */
  readonly body: string;
};

/** A self-contained page. Its Content-Security-Policy allows this very script and style, and no network. */
export function framed({ title, style, script, body }: Frame): string {
  const runs = script === undefined ? '' : `<script type="module">${script}</script>\n`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(style, script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
${body}
${runs}</body>
</html>
`;
}

function policy(style: string, script: string | undefined): string {
  return [
    "default-src 'none'",
    ...(script === undefined ? [] : [`script-src 'sha256-${sha256(script)}'`]),
    `style-src 'sha256-${sha256(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}
