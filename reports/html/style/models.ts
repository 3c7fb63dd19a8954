/** A card per model. */
export const models = `
#models { display: grid; gap: 0.5rem; padding-top: 1rem; }
.model { min-width: 0; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
.model:not([open]) { content-visibility: auto; contain-intrinsic-size: auto 3.5rem; }
.model > summary { display: grid; grid-template-columns: auto minmax(0, 1fr) auto auto auto; align-items: center; gap: 0.1rem 0.75rem; padding: 0.6rem 1.1rem; border-radius: 12px; }
.model > summary:hover { background: var(--inset); }
.model[open] > summary { border-radius: 12px 12px 0 0; }
.model h2 { display: -webkit-box; overflow: hidden; font-size: 0.9375rem; overflow-wrap: anywhere; -webkit-box-orient: vertical; -webkit-line-clamp: 3; }
.model .says { color: var(--tone); font-size: 0.875rem; font-weight: 600; white-space: nowrap; grid-column: 4; grid-row: 1; }
.model .counts { grid-column: 3; grid-row: 1; color: var(--soft); font-size: 0.8125rem; }
.model .time, .check .time { min-width: 4.2rem; color: var(--soft); font-size: 0.8125rem; text-align: right; white-space: nowrap; }
.model .broken { grid-column: 2 / -1; display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem; color: var(--soft); font-size: 0.8125rem; }
.model .named { color: var(--tone); overflow-wrap: anywhere; }
.model .first { grid-column: 2 / -1; color: var(--soft); font-size: 0.8125rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.model[open] > summary :is(.broken, .first) { display: none; }
.model > .inside { padding: 0.25rem 1.1rem 0.6rem; border-top: 1px solid var(--line); }
.group > summary { padding: 0.5rem 0 0.5rem 2rem; border-top: 1px solid var(--line); color: var(--soft); font-size: 0.8125rem; white-space: pre-line; overflow-wrap: anywhere; }
.group > summary::before { content: "▸ "; }
.group[open] > summary::before { content: "▾ "; }
.checks > .group:first-child, .checks > .group:first-child > :first-child { border-top: 0; }
.told .brief, .told .found { display: none; }
.contract { padding: 0.9rem 0 0.4rem 2rem; border-top: 1px solid var(--line); font-size: 0.8125rem; }
.problem { margin: 0.6rem 0 0.6rem 2rem; padding: 0.8rem 1rem; border-radius: 8px; background: var(--error-tint); }
.kept { display: none; }
`;
