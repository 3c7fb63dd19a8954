import { availableParallelism } from 'node:os';

/** Variables that TensorFlow, the C library or the loader of its libraries reads. Any other may be a secret. */
const passedOn = [
  'CUDA_VISIBLE_DEVICES',
  'LANG',
  'LC_ALL',
  'LD_LIBRARY_PATH',
  'MALLOC_ARENA_MAX',
  'OMP_NUM_THREADS',
  'TF_CPP_MIN_LOG_LEVEL',
  'TF_DETERMINISTIC_OPS',
  'TF_ENABLE_ONEDNN_OPTS',
  'TF_NUM_INTEROP_THREADS',
  'TF_NUM_INTRAOP_THREADS',
  'TZ',
];

/** The variables of a model's process, whose home is the folder. */
export function environment(folder: string): NodeJS.ProcessEnv {
  return { ...settings(), HOME: folder, TMPDIR: folder };
}

/** Those of them that do not depend on the process. */
export function settings(): NodeJS.ProcessEnv {
  const passed = passedOn.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    TF_CPP_MIN_LOG_LEVEL: '3',
    // Small images gain nothing from more threads, and several processes run at once.
    TF_NUM_INTRAOP_THREADS: threads(),
    TF_NUM_INTEROP_THREADS: threads(),
    // By itself, glibc keeps freed memory in a heap per thread, eight for each core.
    MALLOC_ARENA_MAX: threads(),
    ...Object.fromEntries(passed),
  };
}

function threads(): string {
  return String(Math.max(1, Math.floor(availableParallelism() / 8)));
}
