import type { ConcreteFunction, PythonValue } from './saved-model.js';

/** Concrete functions, those for training last. */
export function inferenceFirst(concreteFunctions: readonly ConcreteFunction[]): readonly ConcreteFunction[] {
  return [
    ...concreteFunctions.filter((concreteFunction) => !isTraining(concreteFunction)),
    ...concreteFunctions.filter(isTraining),
  ];
}

/** The flag may be traced for, or be a tensor; only the former says so here. */
export function isTraining(concreteFunction: ConcreteFunction): boolean {
  return argumentsOf(concreteFunction).some((value) => value.kind === 'bool' && value.value);
}

export function argumentsOf({ positional, keyword }: ConcreteFunction): PythonValue[] {
  return [...positional, ...Object.values(keyword)];
}
