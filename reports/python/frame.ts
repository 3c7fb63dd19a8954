import { clipped, visible } from '../wording/visible.js';
import type { PythonCase } from './case.js';
import { textLiteral } from './literal.js';

/** Longest line that is shown in full. */
const maxCharacters = 500;

/** What the script is about, as comments: whatever a model or a spec says, it stays one. */
export function headerCode({ model, check }: PythonCase): string {
  const { finding } = check;
  const lines = [
    `${model} breaks ${check.id}, as model-assay found:`,
    check.demands,
    ...(finding
      ? [`where:    ${finding.where}`, `expected: ${finding.expected}`, `actual:   ${finding.actual}`]
      : []),
    '',
    'python -m pip install tensorflow tensorflow_hub',
    'python THIS_FILE [MODEL]',
  ];
  return lines
    .flatMap((line) => line.split('\n'))
    .map((line) => `# ${visible(clipped(line, maxCharacters))}`.trimEnd())
    .join('\n');
}

/** Imports, where the model lies, and how the script says what it saw. */
export function openingCode({ source, check }: PythonCase): string {
  const keras = check.id.startsWith('keras/');
  const modules = [
    'sys',
    'os',
    ...(source.kind === 'folder' ? [] : ['glob', 'tarfile', 'tempfile']),
    ...(source.kind === 'url' ? ['urllib.request'] : []),
  ];
  const imports = [...new Set(modules)].sort().map((name) => `import ${name}`);
  return `${imports.join('\n')}
${keras ? '\nos.environ["TF_USE_LEGACY_KERAS"] = "1"  # the Keras that tensorflow_hub works with' : ''}
import numpy as np
import tensorflow as tf
import tensorflow_hub as hub

MODEL = sys.argv[1] if len(sys.argv) > 1 else ${textLiteral(source.at)}


def broken(expected, actual):
    print("expected:", expected)
    print("actual:  ", actual)
    sys.exit(1)


def inconclusive(why):
    print(why)
    sys.exit(2)

${unpacking(source)}`;
}

/** A model that does not load shows nothing about a check of its calls. */
export const loadingCode = `try:
    model = hub.load(MODEL)
except Exception as error:
    inconclusive(f"The model could not be loaded: {type(error).__name__}: {error}")`;

/** How the loaded model is called. */
export function callCode({ endpoint }: PythonCase): string {
  if (endpoint.kind === 'method') {
    const callee = endpoint.name === '__call__' ? 'model' : methodOf(endpoint);
    return `def call(images, **arguments):
    return ${callee}(tf.constant(images), **arguments)`;
  }
  return `signature = model.signatures[${textLiteral(endpoint.name)}]
first = next(iter(signature.structured_input_signature[1]))


def call(images, **arguments):
    return signature(**{first: tf.constant(images)}, **arguments)[${textLiteral(endpoint.output)}]`;
}

/** The concrete functions behind the call; a function that was saved as one is its own. */
export function functionsCode({ endpoint }: PythonCase): string {
  if (endpoint.kind === 'signature')
    return `def functions():
    return [model.signatures[${textLiteral(endpoint.name)}]]`;
  return `def functions():
    method = ${methodOf(endpoint)}
    return getattr(method, "concrete_functions", [method])`;
}

function methodOf({ name }: { readonly name: string }): string {
  return name === '__call__' ? 'model.__call__' : `getattr(model, ${textLiteral(name)})`;
}

function unpacking({ kind }: PythonCase['source']): string {
  if (kind === 'folder')
    return `
if not os.path.isdir(MODEL):
    inconclusive(f"There is no folder {MODEL}; name the model's: python THIS_FILE MODEL")`;
  const local = kind === 'url' ? 'urllib.request.urlretrieve(MODEL)[0]' : 'MODEL';
  return `
if not os.path.isdir(MODEL):
    folder = tempfile.mkdtemp()
    try:
        tarfile.open(${local}).extractall(folder, filter="data")
        MODEL = os.path.dirname(glob.glob(f"{folder}/**/saved_model.pb", recursive=True)[0])
    except Exception as error:
        inconclusive(f"The archive could not be unpacked: {type(error).__name__}: {error}")`;
}
