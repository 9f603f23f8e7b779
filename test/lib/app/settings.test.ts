import { beforeEach, expect, it } from 'vitest';
import type { Settings } from '../../../lib/actions/settings.ts';
import { createSettings, type SettingsStore } from '../../../lib/app/settings.ts';
import { siteHosts } from '../../../lib/steem/sites/index.ts';
import { createVault, type Vault } from '../../../lib/vault/vault.ts';
import { createFakePorts, type FakePorts } from '../../fakes/create-fake-ports.ts';

let ports: FakePorts;
let vault: Vault;
let settings: SettingsStore;
beforeEach(() => {
  ports = createFakePorts();
  vault = createVault(ports);
  settings = createSettings(vault, ports.shell);
});
const usual: Settings = {
  undoSecondsPopup: 0,
  undoSecondsPage: 3,
  sitesOff: [],
  missed: 'ask',
  manaFloorPercent: 0,
};

it('begin with the usual, and every site that has buttons', async () => {
  const view = await settings.view();
  expect(view.settings).toEqual(usual);
  expect(view.sites.every((site) => siteHosts.includes(site))).toBe(true);
  expect(new Set(view.sites).size).toBe(5);
});

it('change one by one, are kept, and are told', async () => {
  await settings.save({ undoSecondsPopup: 10 });
  expect(await settings.save({ sitesOff: ['peakd.com'], undoSecondsPage: undefined })).toEqual({
    ...usual,
    undoSecondsPopup: 10,
    sitesOff: ['peakd.com'],
  });
  expect(await createSettings(createVault(ports), ports.shell).read()).toMatchObject({
    undoSecondsPopup: 10,
  });
  expect(ports.seen.announced).toEqual(['settings', 'settings']);
});

it.each([
  [{ undoSecondsPopup: 4 }, 'undoSecondsPopup'],
  [{ undoSecondsPage: -3 }, 'undoSecondsPage'],
  [{ undoSecondsPage: Number.NaN }, 'undoSecondsPage'],
  [{ manaFloorPercent: -1 }, 'manaFloorPercent'],
  [{ manaFloorPercent: 101 }, 'manaFloorPercent'],
  [{ manaFloorPercent: Number.NaN }, 'manaFloorPercent'],
])('refuse %j and keep what was', async (changes, field) => {
  await expect(settings.save(changes)).rejects.toMatchObject({ code: 'bad_input', field });
  expect(await settings.read()).toEqual(usual);
});

it.each([[null], ['text'], [{ undoSecondsPage: 'soon' }]])('fall back to the usual for %j', async (value) => {
  await vault.store.settings.put({ key: 'settings', value });
  expect(await settings.read()).toEqual(usual);
});

it('of an older version get the usual for what is new', async () => {
  await vault.store.settings.put({ key: 'settings', value: { sitesOff: ['d.buzz'] } });
  expect(await settings.read()).toEqual({ ...usual, sitesOff: ['d.buzz'] });
});
