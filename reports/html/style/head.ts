/** The verdict on top, and the bar of filters below it. */
export const head = `
.head { padding: 2rem 0 0.9rem; }
.tool { color: var(--soft); font-size: 0.8125rem; }
.verdict { display: flex; align-items: center; gap: 0.75rem; margin-top: 0.5rem; color: var(--tone); font-size: clamp(1.75rem, 5vw, 2.5rem); font-weight: 650; letter-spacing: -0.02em; line-height: 1.15; }
.verdict .icon { flex: none; padding: 0.06em; border-radius: 50%; background: var(--tint); }
.limits { margin-top: 0.25rem; font-size: 0.875rem; }
.why { margin-top: 0.5rem; font-size: 1.0625rem; overflow-wrap: anywhere; }
.why::first-letter { text-transform: uppercase; }
.interrupted { margin-top: 0.5rem; color: var(--error); }
.tally { display: block; width: 100%; height: 6px; margin: 1.1rem 0 0.6rem; border-radius: 3px; background: var(--line); }
.tally rect { fill: var(--tone); stroke: var(--ground); stroke-width: 2px; vector-effect: non-scaling-stroke; }
.tally .skip { opacity: 0.4; }
.head .counts, .about > summary { color: var(--soft); font-size: 0.8125rem; }
.about > summary { width: fit-content; text-decoration: underline; text-underline-offset: 0.15em; }
.about .facts { padding: 0.75rem 0 0.5rem; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 0.9rem 2rem; }
.facts dt { color: var(--soft); font-size: 0.75rem; }
.facts dd { overflow-wrap: anywhere; }
.toolbar { position: sticky; top: 0; z-index: 1; display: flex; flex-wrap: wrap; align-items: center; gap: 0.5rem 0.75rem; margin: 0 -1.5rem; padding: 0.75rem 1.5rem; background: var(--ground); border-bottom: 1px solid var(--line); }
.toolbar:empty { display: none; }
.toggles { display: flex; flex-wrap: wrap; gap: 0.375rem; }
.toggle { display: inline-flex; align-items: center; gap: 0.4rem; padding: 0.2rem 0.7rem 0.2rem 0.3rem; border: 1px solid var(--line); border-radius: 2rem; background: var(--card); font-size: 0.8125rem; cursor: pointer; }
.toggle .count { color: var(--soft); }
.toggle:hover { border-color: var(--soft); }
.toggle[aria-pressed="true"] { border-color: var(--ink); background: var(--ink); color: var(--ground); }
.toggle[aria-pressed="true"] .count { color: inherit; }
.field { flex: 1 1 9rem; }
.field input { width: 100%; padding: 0.3rem 0.8rem; border: 1px solid var(--line); border-radius: 2rem; background: var(--card); font-size: 0.8125rem; }
.field input::placeholder { color: var(--soft); opacity: 1; }
.control { padding: 0.25rem 0.7rem; border: 1px solid var(--line); border-radius: 2rem; background: var(--card); color: inherit; font: inherit; font-size: 0.8125rem; cursor: pointer; }
.control:hover { border-color: var(--soft); }
.status { color: var(--soft); font-size: 0.8125rem; }
.verdicts { width: 100%; border-collapse: collapse; text-align: left; }
.verdicts caption { padding: 1rem 0; color: var(--soft); text-align: left; }
.verdicts :is(td, th) { padding: 0.5rem 1rem 0.5rem 0; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; }
`;
