/** Pictures of evidence. */
export const figures = `
.figures { display: flex; flex-wrap: wrap; gap: 1.25rem 2.5rem; }
.figures figure { flex: 0 1 20rem; }
.figures figcaption { color: var(--soft); font-size: 0.8125rem; }
.drawing { display: block; width: 100%; max-width: 20rem; overflow: visible; }
.drawing.key { display: inline; width: 12px; height: 12px; margin-right: 0.35rem; vertical-align: -1px; }
.entry { margin-right: 1rem; white-space: nowrap; }
.drawing text { fill: var(--soft); font-size: 11px; }
.drawing .axis { stroke: var(--line); stroke-width: 1.5; }
.drawing .declared { fill: none; stroke: var(--soft); stroke-width: 1.25; stroke-dasharray: 4 3; }
.drawing .threshold { stroke: var(--ink); stroke-width: 1.5; }
.drawing .room { fill: var(--pass-tint); }
.drawing .column { fill: var(--soft); opacity: 0.7; }
.drawing .column.fail { fill: var(--fail); opacity: 1; }
.point.pass { fill: var(--pass); fill-opacity: 0.75; }
.point.fail { fill: none; stroke: var(--fail); stroke-width: 2; stroke-linecap: round; }
.point.left-out { fill: none; stroke: var(--soft); stroke-width: 1.25; }
.whole { margin-top: 0.75rem; font-size: 0.8125rem; }
.whole > summary { color: var(--soft); text-decoration: underline; text-underline-offset: 0.15em; width: fit-content; }
.whole pre { max-height: 16rem; margin-top: 0.5rem; padding: 0.65rem 0.8rem; overflow: auto; border-radius: 8px; background: var(--inset); }
`;
