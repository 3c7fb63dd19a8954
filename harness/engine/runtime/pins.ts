/** The TensorFlow that models are checked in unless the user asks for another one. */
export const defaultTensorflow = '2.21.0';

/** The npm package whose C++ sources the addon is built from. */
export const tfjsNode = {
  name: '@tensorflow/tfjs-node',
  version: '4.22.0',
  integrity:
    'sha512-uHrXeUlfgkMxTZqHkESSV7zSdKdV0LlsBeblqkuKU9nnfxB1pC6DtoyYVaLxznzZy7WQSegjcohxxCjAf6Dc7w==',
} as const;

/** The version of libtensorflow that tfjs-node's own installer downloads. */
export const installerTensorflow = '2.9.1';

/** The CPython whose wheels are pinned; the libraries inside do not need a Python. */
export const pinnedPython = '3.11';

/** sha256 of wheels by file name. For wheels not listed, pip's own check against the index has to suffice. */
export const wheelSha256: Readonly<Record<string, string>> = {
  'tensorflow_cpu-2.21.0-cp311-cp311-manylinux_2_27_x86_64.whl':
    '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  'tensorflow_cpu-2.15.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl':
    '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
  'tensorflow_cpu-2.12.0-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl':
    'e8c7047552a2d759f3e65ac13e36dd24bb5fec2e6576e848287811ec44b3d62f',
  'tensorflow-2.21.0-cp311-cp311-manylinux_2_27_aarch64.whl':
    '4b24aca16d527a3cf1c37f720c04c484c3d20f4d0fdfa98632ac8b9f3be6eb5c',
  'tensorflow-2.21.0-cp311-cp311-macosx_12_0_arm64.whl':
    '51f46f4806139d01fc7920cc72a4c75876f80649bf40ff083ab6212ceb43ca88',
};
