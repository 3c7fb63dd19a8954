import { element } from './dom.js';

/** A button that copies a text and says so. */
export function copyButton(text: string): HTMLButtonElement {
  const label = element('span', { role: 'status' }, 'Copy');
  const button = element(
    'button',
    { type: 'button', class: 'copy', 'aria-label': 'Copy the command' },
    label,
  );
  button.addEventListener('click', async () => {
    label.textContent = (await copied(text)) ? 'Copied' : 'Press Ctrl+C';
    window.setTimeout(() => {
      label.textContent = 'Copy';
    }, 2000);
  });
  return button;
}

/** True when the text is on the clipboard, which a page opened from a disk may not be allowed to write to. */
async function copied(text: string): Promise<boolean> {
  if (!('clipboard' in navigator)) return false;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch (error) {
    if (error instanceof DOMException) return false;
    throw error;
  }
}
