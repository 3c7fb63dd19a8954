/** A row per check, and its finding. */
export const checks = `
.check { border-top: 1px solid var(--line); }
.check > summary { display: grid; grid-template-columns: auto 15.5rem minmax(0, 1fr) 4.5rem auto; align-items: center; gap: 0.75rem; margin: 0 -0.6rem; padding: 0.5rem 0.6rem; border-radius: 8px; }
.check > summary:hover { background: var(--inset); }
.check h3 { font-size: 0.8125rem; font-weight: 500; overflow-wrap: anywhere; }
.check .brief { color: var(--soft); font-size: 0.8125rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.check[open] > summary .brief { visibility: hidden; }
.bar { width: 100%; height: 4px; border-radius: 2px; background: var(--inset); }
.bar rect { fill: var(--soft); opacity: 0.55; }
.check > .inside { display: grid; gap: 0.7rem; padding: 0.2rem 0 1.1rem 2rem; }
.check > .inside > * { min-width: 0; }
.demands { max-width: 46rem; font-size: 1rem; text-wrap: pretty; }
.effort, .link { color: var(--soft); font-size: 0.8125rem; }
.found { max-width: 46rem; overflow-wrap: anywhere; white-space: pre-line; }
.finding { display: grid; gap: 0.7rem; padding: 0.8rem 1rem; border: 1px solid var(--line); border-radius: 10px; }
.finding h4 { font-size: 0.875rem; overflow-wrap: anywhere; }
.prose { max-width: 46rem; font-size: 0.875rem; text-wrap: pretty; overflow-wrap: anywhere; }
.prose code { padding: 0.05em 0.3em; border-radius: 4px; background: var(--inset); }
.name { margin-bottom: 0.3rem; color: var(--soft); font-size: 0.75rem; font-weight: 500; }
.labelled { display: grid; grid-template-columns: 8.5rem minmax(0, 1fr); align-items: baseline; gap: 0.2rem 0.75rem; }
.labelled:has(figure) { align-items: start; }
.sides { display: grid; grid-template-columns: 1fr 1fr; gap: 0.75rem; }
.sides > div { min-width: 0; }
.sides pre { padding: 0.65rem 0.8rem; border-radius: 8px; background: var(--pass-tint); height: calc(100% - 1.4rem); }
.rows { border-collapse: collapse; font-size: 0.8125rem; font-variant-numeric: tabular-nums; }
.rows th, .rows td { padding: 0.1rem 1.25rem 0.1rem 0; text-align: right; }
.rows th { color: var(--soft); font-weight: normal; }
.files { color: var(--soft); font-size: 0.8125rem; margin-top: 0.35rem; overflow-wrap: anywhere; }
.sides .actual pre { background: var(--fail-tint); }
mark { border-radius: 2px; background: var(--mark); color: inherit; }
.shown { display: flex; flex-wrap: wrap; align-items: end; gap: 0.6rem; }
.shown canvas { border-radius: 3px; outline: 1px solid var(--line); image-rendering: pixelated; }
.shown figcaption { flex-basis: 100%; overflow-wrap: anywhere; }
.command { display: flex; align-items: center; gap: 0.6rem; padding: 0.35rem 0.4rem 0.35rem 0.8rem; border-radius: 8px; background: var(--inset); }
.command code { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.copy { flex: none; min-width: 4.5rem; padding: 0.2rem 0.7rem; border: 1px solid var(--line); border-radius: 6px; background: var(--card); font-size: 0.8125rem; cursor: pointer; }
.copy:hover { border-color: var(--soft); }
`;
