/** Type, spacing, and what every part shares. */
export const base = `
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-padding-top: 6.5rem; }
body {
  margin: 0 auto;
  padding: 0 1.5rem 6rem;
  max-width: 68rem;
  background: var(--ground);
  color: var(--ink);
  font: 400 0.9375rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", sans-serif;
  font-variant-numeric: tabular-nums;
}
h1, h2, h3, h4, p, dl, dd, figure, pre { margin: 0; }
h1, h2, h3, h4 { font-weight: 600; line-height: 1.3; }
h2, h3, code, pre { font-family: ui-monospace, "SF Mono", "Cascadia Code", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
pre, code { font-size: 0.8125rem; line-height: 1.5; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
a { color: var(--focus); text-underline-offset: 0.15em; }
button, input { font: inherit; color: inherit; }
[hidden] { display: none !important; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.icon { width: 1em; height: 1em; fill: none; stroke: currentColor; stroke-width: 1.9; stroke-linecap: round; stroke-linejoin: round; }
.mark { display: inline-grid; place-items: center; flex: none; width: 1.25rem; height: 1.25rem; border-radius: 50%; background: var(--tint); color: var(--tone); }
summary { cursor: pointer; list-style: none; }
summary::-webkit-details-marker { display: none; }
`;
