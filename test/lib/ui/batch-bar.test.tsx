// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { BatchBar } from '../../../lib/ui/batch-bar.tsx';
import { after, createFakeViewPorts, refuse, show, alert, button, click } from '../../fakes/view.tsx';

const batch = { id: 'b', name: 'bob', chain: 'hive', state: 'running', total: 40, left: 30, leftMs: 9e6 };

it('follows a batch from vote to vote, and goes when it has ended', async () => {
  const batches = [batch];
  const ports = createFakeViewPorts({ 'batch.list': () => ({ batches }) });
  const root = await show(<BatchBar />, ports);
  expect(root.textContent).toContain('10 of 40, about 3 hours left');
  batches[0] = { ...batch, left: 29 };
  await after(() => ports.announce('journal'));
  expect(root.querySelector('progress')?.value).toBe(11);
  batches[0] = { ...batch, left: 0, state: 'ended' };
  await after(() => ports.announce('outbox'));
  expect(root.textContent).toBe('');
});

it('says why it could not be paused', async () => {
  const ports = createFakeViewPorts({
    'batch.list': () => ({ batches: [batch] }),
    'batch.pause': () => refuse('bad_input'),
  });
  const root = await show(<BatchBar />, ports);
  await click(button(root, 'Pause'));
  expect(alert(root)).toBe('sentence of bad_input');
});

it('gives the focus back where a question was left, and takes it from nothing else', async () => {
  const root = await show(<BatchBar />, createFakeViewPorts({ 'batch.list': () => ({ batches: [batch] }) }));
  const leave = (question: Element) =>
    after(() => {
      question.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true }),
      );
    });
  const ask = async () => {
    await click(button(root, 'Cancel'));
    const question = root.querySelector('.confirm');
    if (question === null) throw new Error('No question.');
    return question;
  };
  const question = await ask();
  expect(document.activeElement).toBe(button(root, 'Cancel'));
  await leave(question);
  expect(root.querySelector('.confirm')).toBeNull();
  expect(document.activeElement).toBe(button(root, 'Cancel'));

  const other = document.createElement('input');
  document.body.append(other);
  const again = await ask();
  other.focus();
  await leave(again);
  expect(document.activeElement).toBe(other);
  other.remove();
});
