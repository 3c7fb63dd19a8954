import { type Outcome, outcomes } from '../../wording/outcome.js';
import { queryOf, valuesIn } from './address.js';
import { type Filter, wordsOf } from './filter.js';
import { linkTo, type Target, targetOf } from './links.js';

/** What is chosen on the page, all of which its address keeps: `#model/check?outcome=fail,error&text=…&checks=suite`. */
export type Choice = {
  readonly outcomes: ReadonlySet<Outcome>;
  readonly text: string;
  readonly order: Order;
  /** The model or check that was opened last. */
  readonly target?: Target;
};

/** How the checks of a model are put: the worst outcomes first, or suite by suite. */
export type Order = 'outcome' | 'suite';

export function choiceIn(hash: string): Choice {
  const { outcome, text, checks } = valuesIn(hash.split('?').slice(1).join('?'), [
    'outcome',
    'text',
    'checks',
  ]);
  const named = outcome.split(',');
  const target = targetOf(hash);
  return {
    outcomes: new Set(outcomes.filter((one) => named.includes(one))),
    text,
    order: checks === 'suite' ? 'suite' : 'outcome',
    ...(target ? { target } : {}),
  };
}

/** As an address keeps it, # included. */
export function addressOf({ outcomes: chosen, text, order, target }: Choice): string {
  const query = queryOf({
    outcome: [...chosen].join(','),
    text,
    checks: order === 'suite' ? order : '',
  });
  const at = target ? linkTo(target.model, target.check) : '#';
  return query === '' ? at : `${at}?${query}`;
}

export function filterOf({ outcomes: chosen, text }: Choice): Filter {
  return { outcomes: chosen, words: wordsOf(text) };
}
