// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { Outgoing } from '../../../entrypoints/options/sections/outgoing.tsx';
import { alert, createFakeViewPorts, field, show, type } from '../../fakes/view.tsx';
import { findFaults } from '../../fakes/find-faults.ts';

async function open() {
  let settings = { missed: 'ask', manaFloorPercent: 10 };
  const ports = createFakeViewPorts({
    'settings.get': () => ({ settings }),
    'settings.save': ({ manaFloorPercent = 0 }) => {
      settings = { ...settings, manaFloorPercent };
      ports.announce('settings');
      return { settings };
    },
  });
  const root = await show(<Outgoing />, ports);
  return { ports, root, floor: field(root, 'Voting power to keep, in percent') as HTMLInputElement };
}

it('leaves a wrong number in the field beside what is wrong with it, and saves the right one', async () => {
  const { ports, root, floor } = await open();
  await type(floor, '200');
  expect(alert(root)).toBe('Type a number from 0 to 100.');
  expect(floor.value).toBe('200');
  expect(ports.asked.map(({ action }) => action)).not.toContain('settings.save');
  expect(await findFaults(root)).toEqual([]);
  await type(floor, '20');
  expect(alert(root)).toBe('');
  expect(floor.value).toBe('20');
  expect(ports.asked).toContainEqual({ action: 'settings.save', input: { manaFloorPercent: 20 } });
});

it('shows a floor that was saved elsewhere, with which nothing is wrong', async () => {
  const { ports, root, floor } = await open();
  await type(floor, '200');
  await ports.invoke('settings.save', { manaFloorPercent: 30 });
  await expect.poll(() => floor.value).toBe('30');
  expect(alert(root)).toBe('');
});
