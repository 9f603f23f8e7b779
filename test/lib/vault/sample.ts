/**
 * Saved samples: what a vault of an older version held, as JSON. `{"$bytes": base64}` stands for bytes and
 * `{"$key": base64}` for the vault's own key, which a real vault never gives out.
 */
import { readFileSync } from 'node:fs';
import { createDatabaseHandle } from '../../../lib/vault/open-database.ts';
import { upgrades } from '../../../lib/vault/upgrades/index.ts';

type Records = Readonly<Record<string, readonly unknown[]>>;

async function revive(value: unknown): Promise<unknown> {
  if (Array.isArray(value)) return Promise.all(value.map(revive));
  if (typeof value !== 'object' || value === null) return value;
  if ('$bytes' in value) return Uint8Array.from(Buffer.from(String(value.$bytes), 'base64'));
  if ('$key' in value)
    return crypto.subtle.importKey('raw', Buffer.from(String(value.$key), 'base64'), 'AES-GCM', false, [
      'encrypt',
      'decrypt',
    ]);
  const entries = await Promise.all(
    Object.entries(value).map(async ([key, inner]) => [key, await revive(inner)] as const),
  );
  return Object.fromEntries(entries);
}

/** Makes a database of that version with the sample's records in it. */
export async function loadSample(name: string, version: number): Promise<void> {
  const file = new URL(`samples/${String(version).padStart(3, '0')}.json`, import.meta.url);
  // Our own file; the test that reads it through the stores proves its shape.
  const sample = (await revive(JSON.parse(readFileSync(file, 'utf8')))) as Records;
  const handle = createDatabaseHandle({ name }, { warn: () => undefined }, upgrades.slice(0, version));
  const database = await handle.get();
  for (const [store, records] of Object.entries(sample))
    for (const record of records) await database.put(store as never, record); // Stores of an older schema.
  await handle.close();
}
