/** Names of the nodes that decode an image file. The child process needs nothing else of the lowering. */
export const pictureNames = {
  /** Feed it the bytes of the file, a string scalar. */
  file: 'assay/picture/file',
  /** Feed it the height and width to resize to, int32 [2]. */
  size: 'assay/picture/size',
  /** Fetch it for the image's own height, width and channels, int32 [3]. */
  ownShape: 'assay/picture/own-shape',
  /** Fetch it for the pixels, float32 [1, height, width, 3] in [0, 1]. */
  pixels: 'assay/picture/pixels',
} as const;
