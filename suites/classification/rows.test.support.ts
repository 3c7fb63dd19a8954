const images = 40;

/** Rows of numbers between two, the same each time. */
export function logits(classes: number, min: number, max: number): Float32Array[] {
  let state = 1;
  const next = () => {
    state = (state * 48271) % 2147483647;
    return min + ((max - min) * state) / 2147483647;
  };
  return Array.from({ length: images }, () => Float32Array.from({ length: classes }, next));
}

export function row(values: readonly number[]): Float32Array {
  return Float32Array.from(values);
}

export function relu(scores: Float32Array): Float32Array {
  return scores.map((score) => Math.max(0, score));
}

export function unit(scores: Float32Array): Float32Array {
  const length = Math.hypot(...scores);
  return scores.map((score) => score / length);
}

export function softmax(scores: Float32Array): Float32Array {
  const most = scores.reduce((a, b) => Math.max(a, b));
  const exponentials = scores.map((score) => Math.exp(score - most));
  const sum = exponentials.reduce((a, b) => a + b);
  return exponentials.map((value) => value / sum);
}
