/** How large the Chromium package and its parts are, in bytes. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { importedAtOnce, listLoaded } from '../list-loaded.ts';

export interface Size {
  readonly part: string;
  readonly bytes: number;
  /** Undefined for what is packed already. */
  readonly zippedBytes?: number;
}

const output = join(import.meta.dirname, '../../.output');

function sizeOf(part: string, paths: readonly string[]): Size {
  const files = paths.map((path) => readFileSync(join(output, 'chrome-mv3', path)));
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0);
  return {
    part,
    bytes: sum(files.map(({ length }) => length)),
    zippedBytes: sum(files.map((file) => gzipSync(file, { level: 9 }).length)),
  };
}

/** The scripts that the popup loads as it opens: its own and those they import. */
function listPopupScripts(): string[] {
  const loaded = listLoaded(join(output, 'chrome-mv3'), 'popup.html', importedAtOnce);
  return loaded.filter((path) => path.endsWith('.js'));
}

/** @param version of the package file. */
export function readSizes(version: string): Size[] {
  const zip = join(output, `latchkey-${version}-chrome.zip`);
  return [
    sizeOf('page script, on each of the sites', ['content-scripts/steem.js']),
    sizeOf('its popover, loaded on the first click', ['vote-popover.js']),
    sizeOf('popup, what loads as it opens', listPopupScripts()),
    sizeOf('background', ['background.js']),
    { part: 'the whole package (zip)', bytes: statSync(zip).size },
  ];
}
