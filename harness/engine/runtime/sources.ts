import { runtimeFolder } from './cache.js';
import { fillFromFolder } from './folder.js';
import { installedRuntime } from './installed.js';
import { fillFromInstaller } from './installer.js';
import { targetOfFolder } from './named-folder.js';
import { demandNeeds } from './needs.js';
import { defaultTensorflow, installerTensorflow } from './pins.js';
import type { Platform } from './platform.js';
import { prepare } from './prepare.js';
import { runtimeIn } from './prepared.js';
import type { StepContext } from './progress.js';
import type { Runtime } from './runtime-found.js';
import { SourceUnavailable } from './source-unavailable.js';
import { sameRelease } from './version.js';
import { fillFromWheel } from './wheel.js';

/** The options, resolved. */
export type RuntimeRequest = {
  readonly platform: Platform;
  readonly version?: string | undefined;
  /** Absolute, with links followed. */
  readonly folder?: string | undefined;
  readonly cwd: string;
  /** Prepare again, even if it is prepared already. */
  readonly force: boolean;
};

/** One source of a runtime. @throws SourceUnavailable when it has none */
export type Source = {
  readonly name: string;
  readonly prepare: (request: RuntimeRequest, work: StepContext) => Promise<Runtime>;
};

/** The sources for a request, in the order in which they are tried. */
export function sourcesFor(request: RuntimeRequest): readonly Source[] {
  if (request.folder !== undefined) return [folder];
  const old = request.version === undefined || sameRelease(request.version, installerTensorflow);
  return [installed, namedFolder, wheel, ...(old ? [installer] : [])];
}

const installed: Source = {
  name: 'tfjs-node of this project',
  prepare: ({ cwd, version }, work) => installedRuntime(cwd, version, work.signal),
};

const namedFolder: Source = {
  name: 'a folder with TensorFlow in it',
  prepare: () => Promise.reject(new SourceUnavailable('No folder was named.', 'assay setup --from FOLDER')),
};

const folder: Source = {
  name: 'the folder',
  prepare: (request, work) => {
    const { folder = '', version, platform } = request;
    const fill = (draft: string, work: StepContext) => fillFromFolder(folder, version, platform, draft, work);
    return prepareIn(targetOfFolder(folder, platform), fill, request, work);
  },
};

const wheel: Source = {
  name: "TensorFlow's wheel",
  prepare: async (request, work) => {
    const { version = defaultTensorflow, platform } = request;
    await demandNeeds(platform, work.signal);
    const fill = (draft: string, work: StepContext) => fillFromWheel(version, platform, draft, work);
    return prepareIn(runtimeFolder(`tensorflow-${version}`, platform.name), fill, request, work);
  },
};

const installer: Source = {
  name: "tfjs-node's download",
  prepare: (request, work) => {
    const { platform } = request;
    const fill = (draft: string, work: StepContext) => fillFromInstaller(platform, draft, work);
    return prepareIn(runtimeFolder('installer', platform.name), fill, request, work);
  },
};

function prepareIn(
  target: string,
  fill: (draft: string, work: StepContext) => Promise<void>,
  { platform, force }: RuntimeRequest,
  work: StepContext,
): Promise<Runtime> {
  return prepare({ target, ready: () => runtimeIn(target, platform.name), fill, force }, work);
}
