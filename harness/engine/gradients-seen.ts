import type { GradientFetches } from './gradients/gradient-graph.js';
import type { GradientModel } from './gradients/gradient-model.js';
import { originalName } from './gradients/original-name.js';
import type { ComputedGradients } from './subject.js';

/** Operations whose derivative may be infinite, each with what is differentiated through it. */
export function singularIn({ differentiated, segments }: GradientFetches) {
  return [...differentiated, ...segments].flatMap(({ what, singular }) =>
    singular.map((point) => ({ what, point })),
  );
}

/** What a run shows; `isTrue`: the bool that was fetched, at a place of a list of them. */
export function gradientsSeen(
  graph: GradientFetches,
  model: Pick<GradientModel, 'finite' | 'outputFinite'>,
  isTrue: (name: string, place?: number) => boolean,
): Omit<ComputedGradients, 'kind' | 'lacking' | 'finiteAfterStep'> {
  const singular = singularIn(graph);
  const parts = model.finite.flatMap(({ what, of, ...names }) =>
    of.map((variable, place) => ({
      variable,
      through: what,
      ofSegments: names.ofSegments,
      finite: isTrue(names.fetch, place),
      effective: isTrue(names.fetchNonzero, place),
    })),
  );
  const gradients = parts.filter(({ ofSegments }) => !ofSegments);
  const broken = [
    ...parts.filter(({ ofSegments, finite }) => ofSegments && !finite).map(({ through }) => through),
    ...model.finite.flatMap(({ what, fetchEnds }) =>
      fetchEnds === undefined || isTrue(fetchEnds) ? [] : [what],
    ),
  ];
  const differentiated = [...new Set(parts.map(({ variable }) => variable))];
  return {
    outputFinite: isTrue(model.outputFinite),
    cut: graph.cut,
    partly: differentiated.filter((variable) => graph.behind.has(variable)).length,
    variables: differentiated.filter((variable) => !graph.behind.has(variable)).length,
    effective: gradients.flatMap(({ variable, effective }) => (effective ? [variable] : [])),
    notFinite: gradients.flatMap(({ finite, variable, through }) => (finite ? [] : [{ variable, through }])),
    suspected: [
      ...broken.map((what) => `a gradient of ${what} is NaN or infinite before it reaches a variable`),
      ...graph.cuts
        .filter((one) => !isTrue(one.fetch))
        .map(({ op, name }) => `${op} (${name}) gives NaN or infinity`),
    ],
    raising: graph.cuts
      .filter(({ op, fetch: result }) => op === 'LogMatrixDeterminant' && !isTrue(result))
      .map(({ op, name }) => `${op} (${name}) is applied to a singular matrix, which has no inverse`),
    singular: singular
      .filter(({ point }) => isTrue(point.fetch))
      .map(({ what, point: { op, name, at } }) => ({ op, name: originalName(name), at, through: what })),
    watched: singular.length,
  };
}
