/** The person's choices, with a value for each that was never made. */
import * as z from 'zod/mini';
import type { ActionContext } from '../actions/context.ts';
import { AppError } from '../errors.ts';
import type { Shell } from '../ports.ts';
import { sites } from '../steem/sites/index.ts';
import type { Vault } from '../vault/vault.ts';

const stored = z.object({
  undoSecondsPopup: z._default(z.number(), 0),
  undoSecondsPage: z._default(z.number(), 3),
  sitesOff: z._default(z.array(z.string()), []),
  missed: z._default(z.enum(['send', 'skip', 'ask']), 'ask'),
  manaFloorPercent: z._default(z.number(), 0),
});
type Settings = z.output<typeof stored>;

/** The undo windows on offer, in seconds. */
const undoChoices = [0, 3, 5, 10];
const key = 'settings';

/** @throws AppError `bad_input` naming the choice. */
function assertOnOffer(changes: { readonly [Name in keyof Settings]?: Settings[Name] | undefined }): void {
  for (const field of ['undoSecondsPopup', 'undoSecondsPage'] as const)
    if (!undoChoices.includes(changes[field] ?? 0)) throw new AppError('bad_input', { field });
  const { manaFloorPercent = 0 } = changes;
  if (!(manaFloorPercent >= 0 && manaFloorPercent <= 100))
    throw new AppError('bad_input', { field: 'manaFloorPercent' });
}

/** Where they lie in the vault, for a backup; what it brings passes the same checks as what a person chooses. */
export const settingsRecord = {
  key,
  parse(value: unknown): Settings | undefined {
    const parsed = stored.safeParse(value);
    if (!parsed.success) return undefined;
    try {
      assertOnOffer(parsed.data);
      return parsed.data;
    } catch {
      return undefined;
    }
  },
};

export type SettingsStore = ActionContext['settings'] & { read(): Promise<Settings> };

export function createSettings(vault: Vault, { announce }: Pick<Shell, 'announce'>): SettingsStore {
  async function read(): Promise<Settings> {
    const found = await vault.store.settings.find(key);
    const parsed = stored.safeParse(found?.value ?? {});
    return parsed.success ? parsed.data : stored.parse({});
  }

  return {
    read,
    view: async () => ({ settings: await read(), sites: sites.flatMap(({ hosts }) => hosts.slice(0, 1)) }),
    async save(changes) {
      assertOnOffer(changes);
      const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
      const settings = { ...(await read()), ...given };
      await vault.store.settings.put({ key, value: settings });
      announce('settings');
      return settings;
    },
  };
}
