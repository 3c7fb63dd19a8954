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

/** Lines that make a call, or try to, and look whether variables that the model lists are as before. */
export function changesIn(list: 'variables' | 'trainable_variables', call: string): string {
  return `watched = getattr(model, "${list}", [])
before = [variable.numpy() for variable in watched]
${call}
changed = [one.name for one, value in zip(watched, before) if not np.array_equal(one.numpy(), value)]
if changed:
    broken("variables as before the call", f"changed: {', '.join(changed)}")`;
}
