/** Narrow screens, paper, and readers who want little movement or strong contrast. */
export const paper = `
@media (max-width: 44rem) {
  body { padding: 0 1rem 4rem; }
  .head { padding-top: 2rem; }
  .facts { grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.75rem 1.25rem; }
  .toolbar { position: static; margin: 0 -1rem; padding: 0.75rem 1rem; }
  .model > summary { grid-template-columns: auto minmax(0, 1fr) auto; }
  .model .says { grid-column: 2 / 4; grid-row: 2; }
  .model .counts { grid-column: 2 / 4; grid-row: 3; }
  .model .time { grid-column: 3; grid-row: 1; }
  .check > summary { grid-template-columns: auto minmax(0, 1fr) auto; gap: 0.1rem 0.75rem; }
  .check .bar { display: none; }
  .check .time { grid-column: 3; grid-row: 1; }
  .check .brief { grid-column: 2 / 4; grid-row: 2; white-space: normal; }
  .check[open] > summary .brief { display: none; }
  .check > .inside, .contract { padding-left: 0; }
  .problem { margin-left: 0; }
  .sides { grid-template-columns: 1fr; }
  .sides pre { height: auto; }
  .command { flex-wrap: wrap; }
}
@media (forced-colors: active) {
  .toggle[aria-pressed="true"] { outline: 2px solid; }
}
@page { margin: 15mm; }
@media print {
  :root { --ground: #ffffff; --card: #ffffff; --inset: #f4f4f1; --line: #cccccc; --ink: #000000; --soft: #444444; color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  .head { padding-top: 0; }
  .toolbar, .copy, .link, .whole { display: none; }
  .model { border: 0; border-top: 1px solid var(--line); border-radius: 0; content-visibility: visible; }
  .model > summary, .check > summary { padding-left: 0; padding-right: 0; margin: 0; }
  .check .brief { white-space: normal; }
  .sides, .command, .check > summary, figure { break-inside: avoid; }
  summary, h4, .name { break-after: avoid; }
  .icon, .point, mark, .mark, .sides pre, .bar rect, .tally rect { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
