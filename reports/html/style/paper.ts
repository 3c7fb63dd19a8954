/** Narrow screens, paper, and readers who want little movement or strong contrast. */
export const paper = `
@media (max-width: 44rem) {
  body { padding: 0 1rem 4rem; }
  .head { padding: 1rem 0 0.5rem; }
  .facts { grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.75rem 1.25rem; }
  .toolbar { position: relative; margin: 0 -1rem; }
  .verdict { font-size: 1.5rem; }
  .toolbar { flex-wrap: nowrap; gap: 0.4rem; overflow-x: auto; padding: 0.5rem 1rem; }
  .toolbar > *, .toggles { flex: none; flex-wrap: nowrap; }
  .field { width: 11rem; }
  .model > summary { grid-template-columns: auto minmax(0, 1fr) auto; padding: 0.6rem 0.8rem; }
  .model .says { grid-column: 2 / 4; grid-row: 2; }
  .model .counts { grid-column: 2 / 4; grid-row: 3; }
  .model .time { grid-column: 3; grid-row: 1; }
  .model .first { display: -webkit-box; white-space: normal; overflow-wrap: anywhere; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
  .model > .inside { padding: 0.25rem 0.8rem 0.6rem; }
  .group > summary { padding-left: 0; }
  .check > summary { grid-template-columns: auto minmax(0, 1fr) auto; gap: 0.1rem 0.75rem; }
  .check .bar { display: none; }
  .check .time { grid-column: 3; grid-row: 1; }
  .check .brief { grid-column: 2 / 4; grid-row: 2; white-space: normal; }
  .check[open] > summary .brief { display: none; }
  .check > .inside, .contract { padding-left: 0; }
  .problem { margin-left: 0; }
  .sides, .labelled { grid-template-columns: minmax(0, 1fr); }
  .sides pre { height: auto; }
  .command { flex-wrap: wrap; }
}
@media (forced-colors: active) {
  .toggle[aria-pressed="true"] { outline: 2px solid; }
}
@page { margin: 12mm; }
@media print {
  :root { --ground: #ffffff; --card: #ffffff; --inset: #f4f4f1; --line: #cccccc; --ink: #000000; --soft: #444444; color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 8.5pt; line-height: 1.4; }
  pre, code { font-size: 7.5pt; }
  .head { padding-top: 0; }
  .toolbar, .copy, .link, .whole, .figures, .group > summary, .contract, .effort, .bar, .model .time, .check .time, .labelled:has(.prose), .labelled:has(> code), .labelled:has(.rows), .shown canvas { display: none; }
  .check:not(.fail, .stale, .warning, .error, .waived) { display: none; }
  .overview .scroll { max-height: none; overflow: visible; border: 0; }
  .overview > summary::before { content: none; }
  #models { display: block; padding-top: 0.5rem; }
  .model { margin: 0 0 0.4rem; border: 0; border-top: 1px solid var(--line); border-radius: 0; content-visibility: visible; break-inside: avoid; }
  .model > summary, .check > summary { margin: 0; padding: 0.15rem 0; }
  .model > .inside { padding: 0; border: 0; }
  .check { border: 0; break-inside: avoid; }
  .check > .inside { gap: 0.3rem; padding: 0 0 0.4rem 2rem; }
  .check .brief { white-space: normal; }
  .check[open] > summary .brief { display: none; }
  .labelled { grid-template-columns: 6rem minmax(0, 1fr); }
  .finding { gap: 0.15rem; padding: 0; border: 0; }
  .sides pre, .command { padding: 0.2rem 0.4rem; }
  .demands { font-size: inherit; }
  .labelled p, .finding h4 { font-size: inherit; }
  .kept { display: block; padding-left: 2rem; color: var(--soft); font-size: 7pt; line-height: 1.3; }
  summary, h4, .name { break-after: avoid; }
  .icon, .point, mark, .mark, .sides pre, .tally rect, .grid td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
