/** The bill of materials names everything that ships, and is the same each time. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { buildSbom } from '../../.config/sbom.ts';

const root = resolve(import.meta.dirname, '../..');

test('names every package that ships with its version and hash, and no other', () => {
  const { dependencies, devDependencies } = JSON.parse(
    readFileSync(resolve(root, 'package.json'), 'utf8'),
  ) as Record<'dependencies' | 'devDependencies', Record<string, string>>; // Our own file.
  const sbom = JSON.parse(buildSbom(root)) as {
    components: { name: string; version: string; hashes: { content: string }[] }[];
  }; // As CycloneDX has it.
  const found = Object.fromEntries(sbom.components.map(({ name, version }) => [name, version]));
  expect(found).toMatchObject(dependencies);
  for (const name of Object.keys(devDependencies)) expect(found).not.toHaveProperty([name]);
  for (const { name, hashes } of sbom.components) expect(hashes.length, name).toBeGreaterThan(0);
});

test('is the same each time', () => {
  expect(buildSbom(root)).toBe(buildSbom(root));
});
