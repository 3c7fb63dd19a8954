/** For `require.resolve`: a package that is not there, or that does not let others read what they ask for. */
export function unlessNotInstalled(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && codes.includes(String(error.code)))) throw error;
}

const codes: readonly string[] = [
  'MODULE_NOT_FOUND',
  'ERR_PACKAGE_PATH_NOT_EXPORTED',
  'ERR_INVALID_PACKAGE_CONFIG',
];
