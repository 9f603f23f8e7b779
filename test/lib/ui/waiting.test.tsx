// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { Waiting } from '../../../lib/ui/waiting.tsx';
import {
  after,
  alert,
  button,
  click,
  createFakeViewPorts,
  field,
  hasButton,
  refuse,
  show,
  status,
  type,
  type Answers,
} from '../../fakes/view.tsx';
import { findFaults } from '../../fakes/find-faults.ts';

const schedule = { at: Date.UTC(2026, 10, 28, 14), timeZone: 'Europe/Warsaw' };
const unscheduled = {
  request: 'r1',
  action: 'vote.cast',
  account: 'b',
  name: 'bob',
  service: 'SteemLogin',
  chain: 'steem',
  author: 'alice',
  permlink: 'my-post',
  weight: 50,
  createdAt: 0,
};
const vote = { ...unscheduled, schedule, waitsFor: 'schedule', until: schedule.at };
const tweet = {
  request: 'r2',
  action: 'tweet.post',
  account: 'x',
  name: 'bob_on_x',
  service: 'X',
  parts: ['Good morning'],
  postedCount: 0,
  createdAt: 0,
  waitsFor: 'network',
};

const open = async (entries: readonly object[], answers: Answers = {}) => {
  const ports = createFakeViewPorts({ 'outbox.list': () => ({ entries: [...entries] }), ...answers });
  return { ports, root: await show(<Waiting />, ports) };
};
const rows = (root: Element) => [...root.querySelectorAll('li.entry')];
const asked = (ports: { readonly asked: readonly { action: string; input: unknown }[] }) =>
  ports.asked.filter(({ action }) => !action.endsWith('.list'));

it('shows nothing where nothing waits', async () => {
  const { root } = await open([]);
  expect(root.textContent).toBe('');
});

it('tells what waits, with which account, and for what', async () => {
  const { root } = await open([vote, tweet]);
  const [first, second] = rows(root);
  expect(first?.querySelector('.name')?.textContent).toBe('Vote 50 % alice/my-post');
  expect(first?.querySelector('a')?.href).toBe('https://steemit.com/@alice/my-post');
  expect(first?.textContent).toContain('bob · SteemLogin');
  expect(first?.textContent).toMatch(/Scheduled for Nov 28, 2026, 3:00\sPM \(Europe\/Warsaw, UTC\+1\)\./);
  expect(second?.textContent).toContain('Good morning');
  expect(second?.textContent).toContain('bob_on_x · X');
  expect(second?.textContent).toContain('No network. It is kept and goes out when you are back online.');
});

it.each([
  ['turn', undefined, 'Goes out when what is before it has.'],
  ['answer', undefined, 'It has left; the answer is awaited.'],
  ['mana', schedule.at, /voting power is below the limit you set\..* Looked at again on Nov 28, 2026/],
  ['locked', undefined, /^Latchkey is locked\./],
  ['paused', undefined, /^The batch is paused\./],
  ['try_later', schedule.at, /^The service is busy\..* Looked at again on/],
])('says in words what "%s" means', async (waitsFor, until, sentence) => {
  const { root } = await open([{ ...unscheduled, waitsFor, ...(until !== undefined && { until }) }]);
  expect(root.querySelector('.message')?.textContent).toMatch(sentence);
});

it('puts what missed its time first, and lets the person decide', async () => {
  const { root, ports } = await open([tweet, { ...vote, waitsFor: 'missed' }], {
    'outbox.send-now': () => ({ wasInTime: true }),
  });
  const first = rows(root)[0];
  expect(first?.classList).toContain('missed');
  expect(first?.textContent).toMatch(/Its time was Nov 28, 2026, 3:00\sPM/);
  expect([...(first?.querySelectorAll('button') ?? [])].map(({ textContent }) => textContent)).toEqual([
    'Send now',
    'Skip',
    'Change time',
  ]);
  await click(button(root, 'Send now'));
  expect(asked(ports)).toEqual([{ action: 'outbox.send-now', input: { request: 'r1' } }]);
  expect(status(root)).toBe('It goes out now.');
});

it('takes one back, and keeps the focus near', async () => {
  const left = [vote, tweet];
  const { root, ports } = await open(left, {
    'outbox.list': () => ({ entries: [...left] }),
    'outbox.cancel': () => {
      left.shift();
      return { wasInTime: true };
    },
  });
  await click(button(root, 'Cancel'));
  await after(() => ports.announce('outbox'));
  expect(asked(ports)).toEqual([{ action: 'outbox.cancel', input: { request: 'r1' } }]);
  expect(status(root)).toBe('Taken back. It will not be sent.');
  expect(rows(root)).toHaveLength(1);
  expect(document.activeElement?.textContent).toBe('Waiting');
});

it('takes the second half of a double click for nothing, since another row may have come under it', async () => {
  const { root, ports } = await open([vote, tweet], { 'outbox.cancel': () => ({ wasInTime: true }) });
  const cancel = button(root, 'Cancel');
  await after(() => cancel.dispatchEvent(new MouseEvent('click', { bubbles: true, detail: 2 })));
  expect(asked(ports)).toEqual([]);
});

it('says so when it was too late', async () => {
  const { root } = await open([vote], { 'outbox.cancel': () => ({ wasInTime: false }) });
  await click(button(root, 'Cancel'));
  expect(status(root)).toBe('Too late: it has left or ended meanwhile.');
});

it('offers nothing for what has left', async () => {
  const { root } = await open([{ ...unscheduled, waitsFor: 'answer' }]);
  expect(root.querySelector('button')).toBeNull();
});

it('changes the time, in the zone of the person', async () => {
  const { root, ports } = await open([vote], { 'outbox.reschedule': () => ({ wasInTime: true }) });
  await click(button(root, 'Change time'));
  expect(field(root, 'When')).toHaveProperty('value', '2026-11-28T15:00');
  expect(document.activeElement).toBe(field(root, 'When'));
  await type(field(root, 'When'), '2026-11-29T08:30');
  await click(button(root, 'Schedule'));
  const at = Date.UTC(2026, 10, 29, 7, 30);
  expect(asked(ports)).toEqual([
    {
      action: 'outbox.reschedule',
      input: { request: 'r1', schedule: { at, timeZone: 'Europe/Warsaw' } },
    },
  ]);
  expect(status(root)).toMatch(/^Scheduled for Nov 29, 2026, 8:30\sAM \(Europe\/Warsaw, UTC\+1\)\.$/);
  expect(() => field(root, 'When')).toThrow();
});

it('tells at the field what is wrong with a time, until it is mended', async () => {
  const { root, ports } = await open([vote], {
    'outbox.reschedule': () => refuse('schedule_in_the_past', { field: 'schedule' }),
  });
  await click(button(root, 'Change time'));
  await type(field(root, 'When'), '2020-01-01T00:00');
  await click(button(root, 'Schedule'));
  expect(alert(root)).toBe('sentence of schedule_in_the_past');
  expect(root.querySelectorAll('[role=alert]')).toHaveLength(1);
  expect(field(root, 'When').getAttribute('aria-invalid')).toBe('true');
  await type(field(root, 'When'), '');
  expect(alert(root)).toBe('');
  await click(button(root, 'Schedule'));
  expect(alert(root)).toBe('Choose a date and a time.');
  expect(asked(ports)).toHaveLength(1);
});

it('leaves the time as it is on Escape', async () => {
  const { root, ports } = await open([vote]);
  await click(button(root, 'Change time'));
  await after(() =>
    field(root, 'When').dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true })),
  );
  expect(hasButton(root, 'Change time')).toBe(true);
  expect(asked(ports)).toEqual([]);
});

it('draws the votes of a batch together, with how far it is', async () => {
  const batched = ['b1', 'b1'].map((batch, index) => ({
    ...unscheduled,
    request: `v${String(index)}`,
    batch,
    waitsFor: 'turn',
  }));
  const batch = { id: 'b1', name: 'bob', chain: 'steem', state: 'running', total: 5, left: 2, leftMs: 6000 };
  const { root } = await open([...batched, tweet], { 'batch.list': () => ({ batches: [batch] }) });
  expect(rows(root)).toHaveLength(1);
  expect(root.querySelector('.batch')?.textContent).toContain('3 of 5, about 10 seconds left');
});

it('follows what happens', async () => {
  const entries: object[] = [];
  const { root, ports } = await open([], { 'outbox.list': () => ({ entries: [...entries] }) });
  entries.push(tweet);
  await after(() => ports.announce('outbox'));
  expect(rows(root)).toHaveLength(1);
});

it('has no fault that axe-core finds, nor has the choice of another time', async () => {
  const batch = { id: 'b1', name: 'bob', chain: 'steem', state: 'running', total: 5, left: 1, leftMs: 6000 };
  const { root } = await open(
    [
      tweet,
      vote,
      { ...vote, request: 'r3', waitsFor: 'missed' },
      { ...unscheduled, request: 'r4', batch: 'b1', waitsFor: 'turn' },
    ],
    {
      'batch.list': () => ({ batches: [batch] }),
      'outbox.reschedule': () => refuse('schedule_in_the_past', { field: 'schedule' }),
    },
  );
  expect(await findFaults(root)).toEqual([]);
  await click(button(root, 'Change time'));
  await click(button(root, 'Schedule'));
  expect(alert(root)).toBe('sentence of schedule_in_the_past');
  expect(await findFaults(root)).toEqual([]);
});
