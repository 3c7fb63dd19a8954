import type { CheckModule } from '../harness/run/check-module.js';
import { moduleFile } from '../harness/verdict/package-files.js';
import { checks } from '../suites/all.js';

/** The checks that come with this package. */
export const bundled: CheckModule = {
  file: moduleFile('suites/all.js'),
  checks,
};
