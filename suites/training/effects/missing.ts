/** An effect of training that is not as the spec says. */
export type Missing = { readonly where: string; readonly expected: string; readonly actual: string };
