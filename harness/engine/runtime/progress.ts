/** Progress of one step of preparing a runtime. */
export type PreparationStep = {
  readonly step: 'check' | 'wait' | 'download' | 'unpack' | 'compile';
  /** The step in words: "Downloading tensorflow_cpu-2.21.0….whl". */
  readonly label: string;
  /** Bytes done so far, where they can be counted. */
  readonly done?: number;
  /** Bytes in all, where that is known. */
  readonly total?: number;
};

/** What every long step gets: a listener for progress, and a signal to stop. */
export type StepContext = {
  readonly onProgress: (progress: PreparationStep) => void;
  readonly signal?: AbortSignal | undefined;
};
