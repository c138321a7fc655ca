/** What `npm ci` has installed: every package with its size, and those that it comes to by way of others. */
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { projectRoot } from '../deployment/service';

const names = z._default(z.record(z.string(), z.unknown()), {});
const lock = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dependencies: names,
      optionalDependencies: names,
      peerDependencies: names,
      peerDependenciesMeta: z._default(z.record(z.string(), z.object({ optional: z.optional(z.boolean()) })), {}),
    }),
  ),
});

/** Folders of packages within the project, such as `node_modules/a/node_modules/b`. */
export class InstalledPackages {
  readonly #packages = lock.parse(
    JSON.parse(readFileSync(path.join(projectRoot, 'node_modules', '.package-lock.json'), 'utf8')),
  ).packages;
  readonly #bytes = new Map(
    Object.keys(this.#packages)
      // Those for other platforms are not there.
      .filter((folder) => existsSync(path.join(projectRoot, folder)))
      .map((folder) => [folder, bytesOf(path.join(projectRoot, folder))]),
  );

  readonly all = [...this.#bytes.keys()];

  /** Megabytes on the disk. */
  megabytes(folders: Iterable<string>): number {
    return [...folders].reduce((sum, folder) => sum + (this.#bytes.get(folder) ?? 0), 0) / 1e6;
  }

  /** The package that the project itself depends on by this name, and all that it needs. */
  broughtBy(name: string): Set<string> {
    const brought = new Set<string>();
    const visit = (folder: string | undefined) => {
      if (folder === undefined || brought.has(folder)) return;
      brought.add(folder);
      for (const needed of this.#neededBy(folder)) visit(this.#find(folder, needed));
    };
    visit(this.#find('', name));
    return brought;
  }

  #neededBy(folder: string): string[] {
    const found = this.#packages[folder];
    if (!found) return [];
    const { dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta } = found;
    const peers = Object.keys(peerDependencies).filter((name) => peerDependenciesMeta[name]?.optional !== true);
    return [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers];
  }

  /** As Node does: in the package's own folder, then in that of the one above it. */
  #find(folder: string, name: string): string | undefined {
    for (let place = folder; ; place = place.slice(0, Math.max(0, place.lastIndexOf('node_modules/') - 1))) {
      const candidate = path.posix.join(place, 'node_modules', name);
      if (this.#bytes.has(candidate)) return candidate;
      if (place === '') return undefined;
    }
  }
}

/** Without the packages in it. A block has 512 bytes: stat(2). */
function bytesOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .map((entry) => {
      const file = path.join(folder, entry.name);
      return entry.isDirectory() ? bytesOf(file) : 512 * lstatSync(file).blocks;
    })
    .reduce((sum, bytes) => sum + bytes, 0);
}
