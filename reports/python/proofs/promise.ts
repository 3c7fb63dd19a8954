/** Lines that look whether `output` is one finite float32 tensor with a row for each image. */
export function promiseCode(columns: number): string {
  return `expected = f"one tensor, float32 [{len(images)}, ${columns}]"
if not isinstance(output, tf.Tensor):
    broken(expected, f"{type(output).__name__}: {output}")
if output.dtype != tf.float32 or output.shape != (len(images), ${columns}):
    broken(expected, f"{output.dtype.name} {list(output.shape)}")
if not np.isfinite(output).all():
    broken("finite numbers", output.numpy())`;
}
