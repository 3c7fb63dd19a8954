/** What scores are. */
export type Judgement =
  | { readonly kind: 'linear' }
  /** `what` they are instead, and what tells. */
  | { readonly kind: 'nonlinear'; readonly what: string; readonly because: string }
  /** The graph could not be followed, and the values show that they are linear. */
  | { readonly kind: 'by-values'; readonly because: string }
  | { readonly kind: 'undecided'; readonly why: string };
