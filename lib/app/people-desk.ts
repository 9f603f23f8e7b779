/** The register of people as Options shows it. */
import type { Accounts } from '../accounts/accounts.ts';
import type { ActionContext } from '../actions/context.ts';
import { AppError } from '../errors.ts';
import { buildCsv } from '../journal/csv.ts';
import type { Binding, Register } from '../people/register.ts';
import { peopleColumns } from '../people/people-columns.ts';
import type { Clock } from '../ports.ts';
import type { Account } from '../vault/schema.ts';

/** More than this no page can show, and nobody reads: people search. */
const longestList = 200;

export function createPeopleDesk(
  clock: Clock,
  accounts: Accounts,
  register: Register,
): ActionContext['people'] {
  /** Who signed in with an account; undefined where the service has no ids by app. */
  function readBinding({ app, subject, unionId, name }: Account): Binding | undefined {
    return app === undefined ? undefined : { appId: app, openId: subject, unionId, nickname: name };
  }

  const toFields = ({ telephone, name }: { readonly telephone: string; readonly name: string }) => ({
    telephone: telephone.trim() === '' ? undefined : telephone.trim(),
    name: name.trim(),
  });

  return {
    async list(search) {
      const people = await register.list(search);
      return { people: people.slice(0, longestList), count: people.length };
    },

    async find(id) {
      const account = await accounts.find(id);
      // A row asks once more while its account goes: nobody is to be entered then, and nothing has failed.
      const binding = account && readBinding(account);
      if (binding === undefined) return { canRegister: false };
      return { canRegister: true, person: await register.findBound(binding) };
    },

    async register({ account: id, ...typed }) {
      const account = await accounts.find(id);
      if (account === undefined) throw new AppError('unknown_account');
      const binding = readBinding(account);
      if (binding === undefined) throw new AppError('bad_input', { field: 'account' });
      return register.bind(binding, toFields(typed));
    },

    save: ({ id, unbinds = false, ...typed }) => register.save(id, toFields(typed), unbinds),

    remove: (id) => register.remove(id),

    async export() {
      const rows = (await register.list('')).map(({ appId, openId, unionId, ...person }) => ({
        ...person,
        appid: appId,
        openid: openId,
        unionid: unionId,
      }));
      const day = new Date(clock.now()).toISOString().slice(0, 10);
      return { name: `latchkey-people-${day}.csv`, text: buildCsv(peopleColumns, rows) };
    },

    import: (people) => register.importAll(people),
  };
}
