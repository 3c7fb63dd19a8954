/** A version as on Python's package index, with all three numbers. */
const complete = /^\d+\.\d+\.\d+(?:(?:a|b|rc)\d+|\.post\d+)?$/;

export const isVersion = (text: string): boolean => complete.test(text);

/** Whether two versions are one release: wheels say `2.15.0.post1` and `2.22.0rc0`, libraries `2.15.0` and `2.22.0-rc0`. */
export function sameRelease(a: string, b: string): boolean {
  const release = (version: string) => /^\d+\.\d+\.\d+/.exec(version)?.[0] ?? version;
  return release(a) === release(b);
}
