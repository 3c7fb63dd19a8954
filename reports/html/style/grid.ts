/** A table of models by checks. */
export const grid = `
.grid { border-collapse: separate; border-spacing: 0; font-size: 0.8125rem; }
.grid thead th { position: sticky; top: 0; z-index: 2; background: var(--card); vertical-align: bottom; padding: 0.4rem 0.1rem; font-weight: 500; }
.grid thead button { all: unset; cursor: pointer; }
.grid thead button:focus-visible { outline: 2px solid var(--focus); }
.grid thead :is(button, span) { writing-mode: vertical-rl; transform: rotate(180deg); max-height: 15rem; overflow: hidden; white-space: nowrap; }
.grid tbody th, .grid thead th.name { position: sticky; left: 0; z-index: 1; background: var(--card); text-align: left; font-weight: 500; padding: 0.1rem 0.75rem; white-space: nowrap; max-width: 22rem; overflow: hidden; text-overflow: ellipsis; }
.grid thead th.name { z-index: 3; vertical-align: bottom; }
.grid tbody th small { color: var(--soft); }
.grid .sign { margin-right: 0.4rem; color: var(--tone); }
.grid tbody td { width: 1.5rem; min-width: 1.5rem; height: 1.5rem; text-align: center; color: var(--tone); border-top: 1px solid var(--line); }
.grid tbody th { border-top: 1px solid var(--line); }
.grid tbody :is(td, th) a { color: inherit; text-decoration: none; }
.grid tbody td a { display: block; }
.grid tbody th a:hover { text-decoration: underline; }
.grid tbody :is(.fail, .stale, .error, .warning, .waived):is(td) { background: var(--tint); font-weight: 700; }
@media (max-width: 40rem) { .grid tbody th, .grid thead th.name { max-width: 9rem; } }
@media print { .grid { font-size: 7pt; } .grid :is(thead, tbody) th { position: static; } .grid tbody td { width: auto; min-width: 0; height: auto; } }
.overview > summary { padding: 0.9rem 0 0; color: var(--soft); font-size: 0.8125rem; }
.overview > summary::before { content: "▸ "; }
.overview[open] > summary::before { content: "▾ "; }
.overview .scroll { width: fit-content; max-width: 100%; max-height: 24rem; margin-top: 0.5rem; overflow: auto; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
`;
