import { describe, expect, it } from 'vitest';
import { beginSignIn } from '../../../lib/accounts/running-sign-in.ts';
import { steemlogin } from '../../../lib/providers/steemlogin.ts';
import { wechat } from '../../../lib/providers/wechat.ts';
import { createFakePorts } from '../../fakes/create-fake-ports.ts';

const minute = 60_000;

describe('a sign-in under way', () => {
  it('ends by itself where the service may never answer', async () => {
    const { clock } = createFakePorts();
    const running = beginSignIn(clock, wechat);
    expect(running.endsAt).toBe(clock.now() + 5 * minute);
    clock.advance(5 * minute - 1);
    await Promise.resolve();
    expect(running.signal.aborted).toBe(false);
    clock.advance(1);
    await Promise.resolve();
    expect(running.signal.reason).toMatchObject({ code: 'sign_in_timed_out' });
  });

  it('is not ended by the clock once it is over', async () => {
    const { clock } = createFakePorts();
    const running = beginSignIn(clock, wechat);
    running.end();
    clock.advance(10 * minute);
    await Promise.resolve();
    expect(running.signal.aborted).toBe(false);
  });

  it('has no limit elsewhere, and can be cancelled', () => {
    const running = beginSignIn(createFakePorts().clock, steemlogin);
    expect(running.endsAt).toBeUndefined();
    running.cancel();
    expect(running.signal.reason).toMatchObject({ code: 'cancelled' });
  });
});
