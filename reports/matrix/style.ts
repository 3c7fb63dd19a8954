/** What the matrix has beside the shared style. */
export const style = `
body { max-width: none; padding-bottom: 3rem; }
header { margin: 1.5rem 0 1rem; }
header h1 { font-size: 1.25rem; }
header p { color: var(--soft); }
form { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-top: 0.75rem; }
input, select { background: var(--card); color: var(--ink); border: 1px solid var(--line); border-radius: 6px; padding: 0.3rem 0.6rem; font: inherit; max-width: 100%; }
.scroll { overflow: auto; max-height: calc(100vh - 9rem); background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: separate; border-spacing: 0; font-size: 0.8125rem; }
thead th { position: sticky; top: 0; z-index: 2; background: var(--card); vertical-align: bottom; padding: 0.4rem 0.1rem; font-weight: 500; }
thead button { all: unset; cursor: pointer; writing-mode: vertical-rl; transform: rotate(180deg); max-height: 15rem; overflow: hidden; white-space: nowrap; }
thead button:focus-visible { outline: 2px solid var(--focus); }
thead .chosen button { font-weight: 700; text-decoration: underline; }
thead th.should { color: var(--soft); }
th.first { border-left: 2px solid var(--line); }
tbody th, thead th.name { position: sticky; left: 0; z-index: 1; background: var(--card); text-align: left; font-weight: 500; padding: 0.15rem 0.75rem; white-space: nowrap; max-width: 22rem; overflow: hidden; text-overflow: ellipsis; }
thead th.name { z-index: 3; vertical-align: bottom; }
tbody th small { color: var(--soft); }
tbody th .verdict { color: var(--tone); margin-right: 0.4rem; }
tbody td { width: 1.5rem; min-width: 1.5rem; height: 1.5rem; text-align: center; cursor: pointer; color: var(--tone); border-top: 1px solid var(--line); }
tbody th { border-top: 1px solid var(--line); }
tbody td.fail, tbody td.error, tbody td.warning, tbody td.waived { background: var(--tint); font-weight: 700; }
tbody td.open { outline: 2px solid var(--focus); outline-offset: -2px; }
aside { position: fixed; right: 1rem; bottom: 1rem; z-index: 5; width: min(34rem, calc(100vw - 2rem)); max-height: 60vh; overflow: auto; padding: 1rem 1.25rem; background: var(--card); border: 1px solid var(--line); border-left: 4px solid var(--tone); border-radius: 8px; box-shadow: 0 6px 24px rgb(0 0 0 / 20%); }
aside h2 { font-size: 0.9375rem; }
aside p { margin-top: 0.4rem; white-space: pre-wrap; overflow-wrap: anywhere; }
aside button { float: right; }
@media (max-width: 40rem) { tbody th, thead th.name { max-width: 9rem; } body { padding: 0 0.5rem 2rem; } }
@media print { .scroll { max-height: none; overflow: visible; border: 0; } form, aside { display: none; } thead th, tbody th { position: static; } table { font-size: 6pt; } tbody td { width: auto; min-width: 0; height: auto; } @page { size: landscape; } }
`;
