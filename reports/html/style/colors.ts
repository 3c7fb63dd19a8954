/** Every colour of the page, for light and for dark; text on each ground has a contrast of at least 4.5. */
export const colors = `
:root {
  color-scheme: light dark;
  --ground: #f7f7f5;
  --card: #ffffff;
  --inset: #f4f4f1;
  --line: #e3e3de;
  --ink: #1c1d1f;
  --soft: #5c6067;
  --focus: #2457c5;
  --fail: #b3261e;
  --error: #7a3ea1;
  --warning: #8a5600;
  --waived: #0b6573;
  --pass: #1b7a3d;
  --skip: #62666d;
  --fail-tint: #fbeceb;
  --error-tint: #f5edf9;
  --warning-tint: #fbf2e0;
  --waived-tint: #e6f3f5;
  --pass-tint: #e8f4ec;
  --skip-tint: #eeeeec;
  --mark: #ffd9a8;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --ground: #131416;
    --card: #1b1d20;
    --inset: #232629;
    --line: #33373c;
    --ink: #ececea;
    --soft: #a3a8b0;
    --focus: #8db4ff;
    --fail: #ff8f85;
    --error: #d3a6f2;
    --warning: #eebd62;
    --waived: #79cbd9;
    --pass: #79d397;
    --skip: #a0a5ad;
    --fail-tint: #3a2220;
    --error-tint: #31243b;
    --warning-tint: #362b17;
    --waived-tint: #173236;
    --pass-tint: #1b3324;
    --skip-tint: #2a2d31;
    --mark: #7a4a10;
  }
}
.fail, .stale { --tone: var(--fail); --tint: var(--fail-tint); }
.error { --tone: var(--error); --tint: var(--error-tint); }
.warning { --tone: var(--warning); --tint: var(--warning-tint); }
.waived { --tone: var(--waived); --tint: var(--waived-tint); }
.pass { --tone: var(--pass); --tint: var(--pass-tint); }
.skip { --tone: var(--skip); --tint: var(--skip-tint); }
`;
