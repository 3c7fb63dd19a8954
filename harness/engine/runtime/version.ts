/** A version as on Python's package index, with all three numbers. */
const complete = /^\d+\.\d+\.\d+(?:(?:a|b|rc)\d+|\.post\d+)?$/;

export const isVersion = (text: string): boolean => complete.test(text);

/** Whether two versions are one release: wheels say `2.15.0.post1` and `2.22.0rc0`, libraries `2.15.0` and `2.22.0-rc0`. */
export function sameRelease(a: string, b: string): boolean {
  const release = (version: string) => /^\d+\.\d+\.\d+/.exec(version)?.[0] ?? version;
  return release(a) === release(b);
}

/** A version that a library or a model tells, as the index writes it; undefined where it is no release. */
export function versionOnIndex(told: string): string | undefined {
  const version = told.replace(/-(?=(a|b|rc)\d)/, '');
  return isVersion(version) ? version : undefined;
}

/** Negative where the first is older; a release comes after its candidates and before its post-releases. */
export function versionOrder(a: string, b: string): number {
  const [one, other] = [partsOf(a), partsOf(b)];
  const at = one.findIndex((part, index) => part !== other[index]);
  return (one[at] ?? 0) - (other[at] ?? 0);
}

function partsOf(version: string): readonly number[] {
  const [, major, minor, patch, stage = '', number] =
    /^(\d+)\.(\d+)\.(\d+)(?:\.?(a|b|rc|post)(\d+))?$/.exec(version) ?? [];
  return [major, minor, patch, stages.indexOf(stage), number ?? 0].map(Number);
}

const stages = ['a', 'b', 'rc', '', 'post'];
