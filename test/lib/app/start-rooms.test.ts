import { expect, it, vi } from 'vitest';
import { createApp } from '../../../lib/app/create-app.ts';
import { startAlarm } from '../../../lib/app/start-rooms.ts';
import { createDatabaseHandle } from '../../../lib/vault/open-database.ts';
import { upgrades } from '../../../lib/vault/upgrades/index.ts';
import { breakReads, holdOpen } from '../../fakes/break-storage.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

it('an upgrade that another window blocks is said on the button, and tried again by itself', async () => {
  const ports = createFakePorts();
  const old = createDatabaseHandle(ports.database, ports.log, upgrades.slice(0, 1));
  await old.get();
  await old.close();
  const held = await holdOpen(ports.database.name, 1);
  const app = createApp(ports);
  await app.start();
  expect(ports.seen).toMatchObject({ badge: '!', title: 'error_vault_blocked' });
  expect(ports.alarmTimes.get(startAlarm)).toBe(ports.clock.now() + 60_000);
  await expect(app.invoke('accounts.list', {})).rejects.toMatchObject({ refusal: { code: 'vault_blocked' } });

  held.close();
  await vi.waitFor(() => app.invoke('accounts.list', {}));
  await app.onAlarm(startAlarm);
  expect(ports.seen).toMatchObject({ badge: '', title: 'badge_title' });
  expect(ports.alarmTimes.has(startAlarm)).toBe(false);
  expect(await app.invoke('accounts.list', {})).toMatchObject({ accounts: [] });
});

it('a disk that gives nothing back is said on the button; a start that goes well takes it off', async () => {
  const ports = createFakePorts();
  const app = createApp(ports);
  const broken = breakReads('accounts');
  await app.start();
  expect(ports.seen).toMatchObject({ badge: '!', title: 'error_vault_broken' });
  broken.mend();
  await app.start();
  expect(ports.seen.badge).toBe('');
});
