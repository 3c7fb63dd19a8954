import { type ExplainedCheck, explanationsOf } from '../cli/explain.js';
import { levelText } from '../cli/list.js';
import { twins } from '../proof/project.js';
import { checks } from '../suites/all.js';

/** The generated part of docs/checks.md: an overview, then a section for each suite. */
export function checksPage(): string {
  const suites = bySuite(explanationsOf(checks, twins()));
  const overview = suites.map(([suite, explained]) => `| ${suite} | ${explained.map(link).join(', ')} |`);
  const sections = suites.flatMap(([suite, explained]) => [`## ${suite}`, ...explained.map(section)]);
  return [['| suite | checks |', '|---|---|', ...overview].join('\n'), ...sections].join('\n\n');
}

function bySuite(all: readonly ExplainedCheck[]): [string, ExplainedCheck[]][] {
  const suites = [...new Set(all.map(({ suite }) => suite))];
  return suites.map((suite) => [suite, all.filter((one) => one.suite === suite)]);
}

function link({ id, suite }: ExplainedCheck): string {
  return `[${id.slice(suite.length + 1)}](#${id.replace('/', '')})`;
}

function section({
  id,
  level,
  demands,
  matters,
  decided,
  calls,
  fix,
  twins: shownBy,
}: ExplainedCheck): string {
  return [
    `### ${id}`,
    `**What it demands (${levelText(level)}).** ${demands}`,
    `**Why it matters.** ${matters}`,
    `**How it is decided.** ${decided}`,
    ...(calls === undefined ? [] : [`**How many calls.** ${calls}`]),
    `**How to fix the model.** ${fix}`,
    '**Broken models that show it:**',
    shownBy.map(({ twin, fault }) => `- \`${twin}\`: ${fault}`).join('\n'),
  ].join('\n\n');
}
