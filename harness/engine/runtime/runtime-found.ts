/** A native addon that is known to load, and the TensorFlow that it loads. */
export type Runtime = {
  /** Absolute path of `tfjs_binding.node`. */
  readonly addon: string;
  readonly tensorflow: string;
  /** SHA-256 of the package that it came from, in hexadecimal, where one was downloaded. */
  readonly packageSha256?: string;
  readonly tfjsNode: string;
  readonly source: 'installed' | 'folder' | 'wheel' | 'installer';
  /** The folder that holds it: in the cache, or the installed tfjs-node. */
  readonly folder: string;
};
