import type { Check, Conclusion } from '../../harness/check/check.js';
import { hasEndpoint } from '../../harness/check/endpoint.js';
import { imagesArgumentOf, matchingImages } from '../../harness/check/images-argument.js';
import { imagesRefused } from '../../harness/check/refused-call.js';
import { LeftOut, Violation } from '../../harness/check/violation.js';
import type { Contract } from '../../harness/contract/contract.js';
import { resolveCall } from '../../harness/savedmodel/call/resolve.js';
import { namedEndpoint } from '../../harness/savedmodel/named-endpoint.js';
import type { Endpoint, SavedModel } from '../../harness/savedmodel/saved-model.js';
import { plural } from '../../harness/verdict/plural.js';
import type { Finding } from '../../harness/verdict/run.js';

export const onlyImagesRequired: Check = {
  id: 'signature/only-images-required',
  level: 'must',
  demands:
    'Every argument but the images MUST have a default, and a concrete function MUST be saved for the call with the defaults.',
  explain: {
    matters:
      'Users write `model(images)`. A required argument, or a default that was never traced, makes even this call fail.',
    decided:
      'Every argument after the first must have a default. Then the call with the images alone is resolved as `hub.load` resolves it, and some saved concrete function must match.',
    fix: 'Give each argument a default, as in `def __call__(self, images, training=False)`, and trace the call once with the images alone before saving. A default of `None` needs a concrete function of its own.',
  },
  answersFor: ['defaults-refused'],
  applies: hasEndpoint,
  kind: 'reading',
  read: (model: SavedModel, contract: Contract): Conclusion => {
    const endpoint = namedEndpoint(model, contract);
    return endpoint ? decide(endpoint) : { status: 'skip', reason: 'There is no endpoint.' };
  },
};

function decide(endpoint: Endpoint): Conclusion {
  const [images, ...others] = endpoint.parameters;
  if (endpoint.kind === 'polymorphic' && images?.keywordOnly && !endpoint.anyPositional)
    return { status: 'fail', finding: keywordOnly(endpoint.name, images.name) };
  const required = others.filter((parameter) => parameter.default === undefined).map(({ name }) => name);
  if (required.length > 0) {
    const actual = `${required.join(', ')} without a default`;
    return {
      status: 'fail',
      finding: { where: 'arguments', expected: 'a default for each but the images', actual },
    };
  }
  const refusals = endpoint.concreteFunctions.map((concreteFunction) =>
    refusalOf(endpoint, matchingImages(concreteFunction) ?? usual),
  );
  if (refusals.includes(undefined))
    return { status: 'pass', summary: plural(others.length, 'optional argument') };
  const actual = `no concrete function was saved for it: ${refusals[0]}`;
  const remedy = 'Before saving, call the tf.function once with the images alone.';
  const finding = { where: 'call with the defaults', expected: 'a concrete function', actual, remedy };
  if (takesNoTensor(endpoint)) throw new LeftOut(imagesRefused, new Violation(finding));
  return { status: 'fail', finding };
}

/** Where the images are to be a list, say, no call with a tensor is taken, whatever the other arguments are. */
function takesNoTensor({ concreteFunctions }: Endpoint): boolean {
  return concreteFunctions.map(imagesArgumentOf).every((images) => images && images.kind !== 'tensor');
}

/** Everything behind the `*` can be given by its name only, the images, too. */
function keywordOnly(method: string, images: string): Finding {
  return {
    where: 'arguments',
    expected: 'images that can be passed by position, as in model(images)',
    actual: `${method}(*, ${images}, …), which takes them only by name`,
    remedy: `Put the images before the \`*\`, as in \`def ${method}(self, ${images}, *, training=False)\`, and trace the call again.`,
  };
}

/** For a concrete function that takes no images, so that only the other arguments can be at fault. */
const usual = { dtype: 'float32', shape: [1, 32, 32, 3] };

type ImagesSpec = typeof usual;

function refusalOf(endpoint: Endpoint, images: ImagesSpec): string | undefined {
  const resolution = resolveCall(endpoint, images, {});
  return resolution.kind === 'refused' ? resolution.message : undefined;
}
