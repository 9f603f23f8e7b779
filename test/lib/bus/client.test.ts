import { expect, expectTypeOf, it, vi } from 'vitest';
import type { AccountView } from '../../../lib/actions/accounts.ts';
import { ActionError, createClient, type Invoke } from '../../../lib/bus/client.ts';
import type { Reply } from '../../../lib/bus/envelope.ts';

const clientOf = (reply: Reply | undefined) => {
  const sent: unknown[] = [];
  const invoke = createClient((message) => {
    sent.push(message);
    return Promise.resolve(reply);
  });
  return { sent, invoke };
};

it('sends an envelope and gives the value of the reply', async () => {
  const { sent, invoke } = clientOf({ ok: true, value: { accounts: [] } });
  expect(await invoke('accounts.list', {})).toEqual({ accounts: [] });
  expect(sent).toEqual([{ protocol: 'latchkey/1', action: 'accounts.list', input: {} }]);
});

it('throws a refusal with its sentence', async () => {
  const refusal = { code: 'bad_weight', message: 'Too heavy.', field: 'weight' } as const;
  const failing = clientOf({ ok: false, error: refusal }).invoke('journal.clear', {});
  await expect(failing).rejects.toBeInstanceOf(ActionError);
  await expect(failing).rejects.toMatchObject({ message: 'Too heavy.', refusal });
});

it('throws something else when nobody answers', async () => {
  const failing = clientOf(undefined).invoke('journal.clear', {});
  await expect(failing).rejects.toThrow('No answer');
  await expect(failing).rejects.not.toBeInstanceOf(ActionError);
});

it('knows a refusal that comes from another bundle', async () => {
  vi.resetModules();
  const other = await import('../../../lib/bus/client.ts');
  expect(other.ActionError).not.toBe(ActionError);
  expect(new other.ActionError({ code: 'bad_weight', message: 'Too heavy.' })).toBeInstanceOf(ActionError);
  expect(new Error('Too heavy.')).not.toBeInstanceOf(ActionError);
  expect(undefined).not.toBeInstanceOf(ActionError);
});

/** Checked by the compiler. */
export function typesOf(invoke: Invoke): void {
  expectTypeOf(invoke('accounts.list', {})).resolves.toEqualTypeOf<{ accounts: AccountView[] }>();
  expectTypeOf<Parameters<typeof invoke<'accounts.refresh'>>[1]>().toEqualTypeOf<{ account: string }>();
  expectTypeOf(invoke('journal.clear', {})).resolves.toEqualTypeOf<Record<string, never>>();
  // @ts-expect-error There is no such action.
  void invoke('accounts.lists', {});
  // @ts-expect-error The input is missing.
  void invoke('accounts.list');
  // @ts-expect-error The field has another type.
  void invoke('accounts.refresh', { account: 5 });
  // @ts-expect-error The field is missing.
  void invoke('accounts.sign-in', { account: 'a' });
  // @ts-expect-error There is no such field.
  void invoke('accounts.refresh', { account: 'a', token: 'x' });
  // @ts-expect-error Only these actions have a default account.
  void invoke('accounts.set-default', { account: 'a', action: 'look-up' });
}
