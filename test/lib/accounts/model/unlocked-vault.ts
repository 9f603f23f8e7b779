/** A vault under a passphrase that was set once for all runs of the model: deriving its key is slow on purpose. */
import { createPassphrase } from '../../../../lib/vault/passphrase.ts';
import type { KeyRecord } from '../../../../lib/vault/schema.ts';
import { createVault, type Vault } from '../../../../lib/vault/vault.ts';
import { createFakePorts } from '../../../fakes/create-fake-ports.ts';

/** Under which the data key's bytes lie in session storage while the vault is unlocked. */
export const unlockedKey = 'data-key';

interface Template {
  readonly key: KeyRecord;
  readonly bytes: unknown;
}
let template: Promise<Template> | undefined;

async function makeTemplate(): Promise<Template> {
  const ports = createFakePorts();
  const vault = createVault(ports);
  await createPassphrase(ports, vault, vault.key).set('correct horse battery');
  const wrapped = await vault.key.findWrapped();
  if (wrapped === undefined) throw new Error('no passphrase');
  return { key: { id: 'data', wrapped }, bytes: await ports.session.get(unlockedKey) };
}

/** Gives an empty vault the passphrase; resolves with what unlocks it in session storage. */
export async function protectVault(vault: Vault): Promise<unknown> {
  template ??= makeTemplate();
  const { key, bytes } = await template;
  await (await vault.database.get()).put('keys', key);
  return bytes;
}
