import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { run } from './run-command.js';

/** This package as `npm publish` would upload it. */
export type Packed = {
  /** Absolute. */
  readonly tarball: string;
  readonly size: number;
  readonly integrity: string;
  readonly files: readonly string[];
};

export async function pack(folder: string): Promise<Packed> {
  const ended = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]);
  const [{ filename, size, integrity, files }] = JSON.parse(ended.out);
  const paths = files.map((file: { readonly path: string }) => file.path);
  return { tarball: path.join(folder, filename), size, integrity, files: paths };
}

/** A registry that has this package, and sends whoever asks for another to the one that npm uses here. */
export async function registryWith({ tarball, integrity }: Packed) {
  const upstream = (await run('npm', ['config', 'get', 'registry'])).out.trim();
  const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
  const { name, version } = manifest;
  const server = createServer(({ url }, response) => {
    const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const dist = { tarball: `${here}/tarball`, integrity };
    const packument = {
      name,
      'dist-tags': { latest: version },
      versions: { [version]: { ...manifest, dist } },
    };
    if (url === `/${name}`) response.end(JSON.stringify(packument));
    else if (url === '/tarball') response.end(readFileSync(tarball));
    else response.writeHead(302, { location: new URL(url?.slice(1) ?? '', upstream).href }).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
