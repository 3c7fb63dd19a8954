import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { specSchema } from '../../harness/contract/schema/schema.js';
import { bundledText } from './bundled-text.js';

/** The program that ajv makes of the schema of specs: making it at each start would take as long as reading many specs. */
export function specValidator(): Promise<string> {
  const ajv = new Ajv({
    allErrors: true,
    verbose: true,
    strictTypes: false,
    allowUnionTypes: true,
    code: { source: true },
  });
  addFormats.default(ajv, ['date']);
  ajv.addVocabulary(['errorMessage', 'patternErrorMessage']);
  return bundledText(standalone.default(ajv, ajv.compile(specSchema)), 'cjs');
}
