import type { Rejudged, Run } from '../../harness/verdict/run.js';

/** How a stored run was judged again, in a few words; undefined where it was not. */
export function rejudgedBriefly({ rejudged }: Pick<Run, 'rejudged'>): string | undefined {
  return rejudged && `judged again with ${optionsIn(rejudged).join(' and ')}`;
}

/** The same, with each waiver and the run that it came from. */
export function rejudgedInFull(run: Run): string | undefined {
  const { rejudged } = run;
  if (rejudged === undefined) return undefined;
  const { from, digest, waivers = [] } = rejudged;
  const waived = waivers.map(({ model, check, reason }) => `; ${check} of ${model} waived: ${reason}`);
  return `${rejudgedBriefly(run)}, without TensorFlow, from ${from} (${digest})${waived.join('')}`;
}

function optionsIn({ tolerance, waivers = [] }: Rejudged): string[] {
  const { absolute = 0, relative = 0 } = tolerance ?? {};
  return [
    ...(tolerance ? [`--tolerance ${absolute}${relative === 0 ? '' : `,${relative}`}`] : []),
    ...(waivers.length > 0 ? [`--waive ${waivers.map(({ check }) => check).join(', ')}`] : []),
  ];
}
