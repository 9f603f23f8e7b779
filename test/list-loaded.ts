/** Which files of a build a page loads. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a script imports at once (`from"./a.js"`, `import"./a.js"`), and what it imports in any way, also later. */
export const importedAtOnce = /(?:\bfrom|\bimport)\s*["'`]\.\/([\w.-]+\.js)["'`]/g;
export const importedEver = /["'`]\.\/([\w.-]+\.js)["'`]/g;

/** The files that a page loads when it opens, or ever: its scripts and styles, and what those import. */
export function listLoaded(folder: string, page: string, imports: RegExp): string[] {
  const html = readFileSync(join(folder, page), 'utf8');
  const found = new Set<string>();
  const add = (path: string) => {
    if (found.has(path)) return;
    found.add(path);
    const text = readFileSync(join(folder, path), 'utf8');
    for (const [, name = ''] of text.matchAll(imports)) add(`chunks/${name}`);
  };
  for (const [, path = ''] of html.matchAll(/(?:src|href)="\/([^"]+)"/g)) add(path);
  return [...found];
}
