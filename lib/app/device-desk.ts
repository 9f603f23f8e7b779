/** Sign-ins by code as people meet them: in words, with their outcome in the Activity, whoever looked. */
import type { DeviceSignIns, DeviceWait } from '../accounts/device-sign-ins.ts';
import type { ActionContext } from '../actions/context.ts';
import { toAppError } from '../errors.ts';
import type { Journal } from '../journal/journal.ts';
import { noteAccount, type NotePorts, viewAccount } from './account-desk.ts';

export interface DeviceDesk {
  readonly actions: ActionContext['devices'];
  /** Asks for all that are under way. */
  readonly onAlarm: () => Promise<void>;
}

export function createDeviceDesk(ports: NotePorts, devices: DeviceSignIns, journal: Journal): DeviceDesk {
  const { translate } = ports;
  const note = noteAccount.bind(undefined, ports, journal);
  const view = ({ trouble, ...wait }: DeviceWait) => ({
    ...wait,
    trouble: trouble === undefined ? undefined : translate(`error_${trouble}`),
  });

  async function check(provider: string) {
    const facts = { action: 'accounts.sign-in', provider } as const;
    try {
      const answer = await devices.check(provider);
      if (answer.state === 'waiting') return view(answer);
      if (answer.state === 'none') return answer;
      const { id, name } = answer.account.account;
      await note({ ...facts, account: id, name });
      return { state: answer.state, account: viewAccount(answer.account, translate) };
    } catch (failure) {
      // What only keeps us from asking now, e.g. a locked vault, is no end.
      if (!(await devices.list()).includes(provider))
        await note({ ...facts, account: '', name: '' }, toAppError(failure));
      throw failure;
    }
  }

  return {
    actions: {
      begin: async (provider) => view(await devices.begin(provider)),
      check,
      cancel: (provider) => devices.cancel(provider),
    },
    async onAlarm() {
      await Promise.allSettled((await devices.list()).map(check));
      await devices.setAlarm();
    },
  };
}
