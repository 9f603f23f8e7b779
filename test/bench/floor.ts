/** The extension that does next to nothing: what any extension costs, to compare with. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const files = {
  'manifest.json': JSON.stringify({
    manifest_version: 3,
    name: 'Floor',
    version: '1.0',
    action: { default_popup: 'popup.html' },
    background: { service_worker: 'background.js' },
  }),
  'background.js': 'chrome.runtime.onMessage.addListener((message, sender, answer) => answer(true));',
  'popup.html': '<!doctype html><title>Floor</title><p>Floor</p>',
};

/** Writes it into a new folder. @returns the folder, for the caller to remove. */
export async function writeFloor(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-floor-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}
