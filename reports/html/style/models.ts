/** A card per model. */
export const models = `
#models { display: grid; gap: 0.75rem; padding-top: 1.25rem; }
.model { min-width: 0; border: 1px solid var(--line); border-radius: 12px; background: var(--card); }
.model:not([open]) { content-visibility: auto; contain-intrinsic-size: auto 4.4rem; }
.model > summary { display: grid; grid-template-columns: auto minmax(0, 1fr) auto auto; align-items: center; gap: 0.1rem 0.75rem; padding: 0.85rem 1.1rem; border-radius: 12px; }
.model > summary:hover { background: var(--inset); }
.model[open] > summary { border-radius: 12px 12px 0 0; }
.model h2 { display: -webkit-box; overflow: hidden; font-size: 0.9375rem; overflow-wrap: anywhere; -webkit-box-orient: vertical; -webkit-line-clamp: 3; }
.model .says { color: var(--tone); font-size: 0.875rem; font-weight: 600; white-space: nowrap; }
.model .counts { grid-column: 2 / 4; grid-row: 2; color: var(--soft); font-size: 0.8125rem; }
.model .time, .check .time { min-width: 4.2rem; color: var(--soft); font-size: 0.8125rem; text-align: right; white-space: nowrap; }
.model > .inside { padding: 0.5rem 1.1rem 0.6rem; border-top: 1px solid var(--line); }
.contract { padding: 0.6rem 0 1.1rem 2rem; font-size: 0.8125rem; }
.problem { margin: 0.6rem 0 0.6rem 2rem; padding: 0.8rem 1rem; border-radius: 8px; background: var(--error-tint); }
`;
