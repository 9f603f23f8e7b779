/**
 * Writes what the packages are made of as a software bill of materials (CycloneDX 1.5), from the lock file. What differs
 * from one run to the next is left out, so that the same sources give the same file.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

interface Component {
  readonly 'bom-ref': string;
  readonly name: string;
}
interface Document {
  serialNumber?: string;
  metadata: { timestamp?: string; tools?: unknown; component: { 'bom-ref': string; name: string } };
  components: readonly Component[];
  dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** What ships: the packages that ours names, and what those use. `--omit dev` forgets those that a tool uses as well. */
function findShipped({ components, dependencies }: Document, names: readonly string[]): ReadonlySet<string> {
  const uses = new Map(dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const shipped = new Set<string>();
  const add = (ref: string) => {
    if (shipped.has(ref)) return;
    shipped.add(ref);
    uses.get(ref)?.forEach(add);
  };
  for (const { name, 'bom-ref': ref } of components) if (names.includes(name)) add(ref);
  return shipped;
}

/** @param root the folder of package.json and its lock file. @returns JSON. */
export function buildSbom(root: string): string {
  const { stdout, stderr, status } = spawnSync(
    'npm',
    ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'],
    { cwd: root, encoding: 'utf8', maxBuffer: 64_000_000 },
  );
  if (status !== 0) throw new Error(`npm sbom: ${stderr}`);
  const document = JSON.parse(stdout) as Document; // As npm documents it.
  const { name, dependencies } = readPackage(root);
  const names = Object.keys(dependencies);
  const shipped = findShipped(document, names);
  const own = document.metadata.component['bom-ref'];
  delete document.serialNumber;
  delete document.metadata.timestamp;
  delete document.metadata.tools;
  // npm takes the name of the folder.
  document.metadata.component.name = name;
  document.components = document.components.filter(({ 'bom-ref': ref }) => shipped.has(ref));
  document.dependencies = document.dependencies
    .filter(({ ref }) => ref === own || shipped.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((used) => shipped.has(used)) }));
  return `${JSON.stringify(document, null, 2)}\n`;
}

interface Package {
  readonly name: string;
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

function readPackage(root: string): Package {
  // Our own file.
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Package;
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '..');
  const { name, version } = readPackage(root);
  mkdirSync(join(root, '.output'), { recursive: true });
  writeFileSync(join(root, '.output', `${name}-${version}-sbom.cdx.json`), buildSbom(root));
}
