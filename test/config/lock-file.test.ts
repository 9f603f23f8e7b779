/** What `npm ci` installs is what was looked at: pinned, hashed, from one registry, with no script of a package run unasked. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): unknown => JSON.parse(readFileSync(resolve(root, path), 'utf8'));

interface Entry {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly inBundle?: boolean;
  readonly link?: boolean;
}

// As npm documents both files.
const lock = read('package-lock.json') as {
  readonly lockfileVersion: number;
  readonly packages: Readonly<Record<string, Entry>>;
};
const { dependencies, devDependencies, allowScripts } = read('package.json') as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
> & { readonly allowScripts: Readonly<Record<string, boolean>> };

const packages = Object.entries(lock.packages).filter(([path]) => path !== '');

describe('the lock file', () => {
  test('has a strong hash for each package, and takes none from elsewhere than the registry', () => {
    expect(lock.lockfileVersion).toBe(3);
    expect(packages.length).toBeGreaterThan(100);
    const bad = packages.filter(
      // Without an address it is the registry's; the hash says that it is the same package there.
      ([, { resolved = 'https://registry.npmjs.org/', integrity = '', link }]) =>
        link === true ||
        !resolved.startsWith('https://registry.npmjs.org/') ||
        !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity),
    );
    expect(bad).toEqual([]);
  });

  test('holds the very versions that package.json names, and package.json names versions, not ranges', () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies })) {
      expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version);
    }
  });

  test('lets no package run a script at install that is not named', () => {
    expect(allowScripts).toEqual({ node: true });
    const scripted = packages.filter(([, { hasInstallScript }]) => hasInstallScript === true);
    expect(scripted.map(([path]) => path)).toEqual(['node_modules/node']);
  });
});
