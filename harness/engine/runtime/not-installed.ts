/** For `require.resolve`: a package that is missing, or that does not export the file. */
export function unlessNotInstalled(error: unknown): undefined {
  if (!(error instanceof Error && 'code' in error && codes.includes(String(error.code)))) throw error;
}

const codes: readonly string[] = [
  'MODULE_NOT_FOUND',
  'ERR_PACKAGE_PATH_NOT_EXPORTED',
  'ERR_INVALID_PACKAGE_CONFIG',
];
