/** One step of preparing a runtime, told as it goes on. */
export type Progress = {
  readonly step: 'check' | 'wait' | 'download' | 'unpack' | 'compile';
  /** What is being done, for people: "Downloading tensorflow_cpu-2.21.0….whl". */
  readonly label: string;
  /** Bytes done so far, where they can be counted. */
  readonly done?: number;
  /** Bytes in all, where that is known. */
  readonly total?: number;
};

/** What every long step gets: whom to tell, and when to stop. */
export type Work = {
  readonly onProgress: (progress: Progress) => void;
  readonly signal?: AbortSignal | undefined;
};
