import { createHash } from 'node:crypto';

/** Text for an element or a quoted attribute. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A value as JSON that cannot end the script element it stands in. */
export function inScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

/** As a Content-Security-Policy names an inline script or style: base64. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
