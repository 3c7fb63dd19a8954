/** What the matrix has beside the shared style. */
export const style = `
body { max-width: none; padding-bottom: 3rem; }
header { margin: 1.5rem 0 1rem; }
header h1 { font-size: 1.25rem; }
header p { color: var(--soft); }
form { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 0.75rem; }
input, select { background: var(--card); color: var(--ink); border: 1px solid var(--line); border-radius: 6px; padding: 0.3rem 0.6rem; font: inherit; max-width: 100%; }
.scroll { overflow: auto; max-height: calc(100vh - 9rem); background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
thead .chosen button { font-weight: 700; text-decoration: underline; }
thead th.should { color: var(--soft); }
th.first { border-left: 2px solid var(--line); }
tbody td { cursor: pointer; }
tbody td.open { outline: 2px solid var(--focus); outline-offset: -2px; }
aside { position: fixed; right: 1rem; bottom: 1rem; z-index: 5; width: min(34rem, calc(100vw - 2rem)); max-height: 60vh; overflow: auto; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 8px; box-shadow: 0 6px 24px rgb(0 0 0 / 20%); }
aside h2 { font-size: 0.9375rem; }
aside p { margin-top: 0.4rem; white-space: pre-wrap; overflow-wrap: anywhere; }
aside button { float: right; }
@media (max-width: 40rem) { body { padding: 0 0.5rem 2rem; } }
@media print { .scroll { max-height: none; overflow: visible; border: 0; } form, aside { display: none; } @page { size: landscape; } }
`;
