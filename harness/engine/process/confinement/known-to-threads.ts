import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';

/** What is found out once: threads that this one starts afterwards know it from the beginning. It is plain data. */
export function knownToThreads<T extends object>(name: string, find: () => T): T {
  const key = `model-assay: ${name}`;
  const known = getEnvironmentData(key);
  if (known !== undefined) return known as T;
  const found = find();
  setEnvironmentData(key, found);
  return found;
}
