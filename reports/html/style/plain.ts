/** What pages without scripts have beside the shared style. */
export const style = `
header { margin: 2.5rem 0 1.5rem; padding: 1.25rem 1.5rem; border-radius: 10px; background: var(--tint); }
header h1 { display: flex; gap: 0.6rem; align-items: center; font-size: 1.375rem; color: var(--tone); }
header .mark { background: var(--card); }
header ul { margin: 0.5rem 0 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
section { margin-top: 2rem; }
h2 { font-size: 0.9375rem; margin-bottom: 0.5rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; }
dt { color: var(--soft); }
dd { overflow-wrap: anywhere; }
.scroll { overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
th, td:first-child { white-space: nowrap; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: 0.4rem 0.75rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); overflow-wrap: anywhere; }
th { color: var(--soft); font-weight: 500; border-top: 0; }
article { margin-bottom: 0.75rem; padding: 0.75rem 1rem; background: var(--card); border: 1px solid var(--line); border-left: 3px solid var(--tone); border-radius: 8px; }
article h3 { font-size: 0.875rem; margin-bottom: 0.35rem; overflow-wrap: anywhere; }
article p { margin-top: 0.35rem; color: var(--soft); }
.number { text-align: right; white-space: nowrap; }
.effect { color: var(--tone); background: var(--tint); border-radius: 4px; padding: 0.05rem 0.4rem; }
img { margin-top: 0.75rem; max-width: 100%; image-rendering: pixelated; border: 1px solid var(--line); }
footer { margin-top: 2.5rem; color: var(--soft); font-size: 0.8125rem; }
@media print { body { padding: 0; max-width: none; } .scroll { border: 0; overflow: visible; } section { break-inside: avoid-page; } }
`;
