// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { createWhen } from '../../../lib/ui/when.tsx';
import { after, alert, createFakeViewPorts, field, show, type } from '../../fakes/view.tsx';

const failure = { message: 'Too far.', field: 'schedule' };
const open = async (given?: typeof failure, at?: number) => {
  const ports = createFakeViewPorts({});
  const when = createWhen(ports, at);
  return {
    when,
    root: await show(
      <when.Panel failure={given} isBusy={false} end="Now instead" onEnd={() => undefined} />,
      ports,
    ),
  };
};
const hint = (root: Element) => root.querySelector('.hint')?.textContent;

it('begins at the next full hour, in the zone that it names', async () => {
  // It is 1:00 in Warsaw.
  const { when, root } = await open();
  expect(field(root, 'When')).toHaveProperty('value', '2026-11-21T02:00');
  expect(field(root, 'When')).toHaveProperty('min', '2026-11-21T01:00');
  expect(hint(root)).toBe('Europe/Warsaw, UTC+1');
  expect(document.activeElement).toBe(field(root, 'When'));
  expect(when.read()).toEqual({ at: Date.UTC(2026, 10, 21, 1), timeZone: 'Europe/Warsaw' });
});

it('names the zone as it will be then', async () => {
  const { root } = await open();
  await type(field(root, 'When'), '2027-07-01T12:00');
  expect(hint(root)).toBe('Europe/Warsaw, UTC+2');
});

it('says what a time becomes that the clocks skip, and takes that', async () => {
  const { when, root } = await open();
  await type(field(root, 'When'), '2027-03-28T02:30');
  expect(hint(root)).toMatch(
    /UTC\+2\. Clocks skip this time on that day, so it becomes Mar 28, 2027, 3:30\sAM\.$/,
  );
  expect(when.read()?.at).toBe(Date.UTC(2027, 2, 28, 1, 30));
});

it('says which one is meant of a time that comes twice', async () => {
  const { root } = await open();
  await type(field(root, 'When'), '2027-10-31T02:30');
  expect(hint(root)).toBe(
    'Europe/Warsaw, UTC+2. Clocks show this time twice on that day; the first is meant.',
  );
});

it('tells at the field that there is no time in it', async () => {
  const { when, root } = await open();
  await type(field(root, 'When'), '');
  await after(() => expect(when.read()).toBeUndefined());
  expect(alert(root)).toBe('Choose a date and a time.');
  const described = field(root, 'When').getAttribute('aria-describedby') ?? '';
  expect(described.split(' ').map((id) => root.querySelector(`[id="${id}"]`)?.textContent)).toEqual([
    'Europe/Warsaw, UTC+1',
    'Choose a date and a time.',
  ]);
});

it('shows what the background says of the time until it is mended', async () => {
  const { root } = await open(failure);
  expect(alert(root)).toBe('Too far.');
  await type(field(root, 'When'), '2026-12-01T12:00');
  expect(alert(root)).toBe('');
});
