/** The register of people: who a sign-in and a telephone number belong to. Only Options and the house itself may ask. */
import * as z from 'zod/mini';
import { defineAction } from './action.ts';

const views = ['options', 'internal'] as const;

export const personView = z.object({
  id: z.string(),
  name: z.string(),
  /** E.164. */
  telephone: z.optional(z.string()),
  appId: z.optional(z.string()),
  openId: z.optional(z.string()),
  unionId: z.optional(z.string()),
  nickname: z.optional(z.string()),
});
export type PersonView = z.output<typeof personView>;

export const listPeopleInput = z.object({
  /** Part of an openid, a number or a name. */ search: z.optional(z.string()),
});
export const listPeopleOutput = z.object({
  /** Not more than a page can show. */
  people: z.array(personView),
  /** How many there are of them in all. */
  count: z.number(),
});
export const listPeople = defineAction({
  id: 'people.list',
  title: 'List the people of the register, or search it',
  senders: views,
  input: listPeopleInput,
  output: listPeopleOutput,
  run: async ({ people }, { search }) => people.list(search ?? ''),
});

export const findPersonOutput = z.object({
  /** False for an account whose service knows no openid, and for one that is gone. */
  canRegister: z.boolean(),
  /** Undefined where the register does not know the account. */
  person: z.optional(personView),
});
export const findPerson = defineAction({
  id: 'people.find',
  title: 'Ask the register who an account belongs to',
  senders: views,
  input: z.object({ account: z.string() }),
  output: findPersonOutput,
  run: async ({ people }, { account }) => people.find(account),
});

export const registerPersonInput = z.object({
  account: z.string(),
  /** E.164. */
  telephone: z.string(),
  /** An empty text keeps the name that is there. */
  name: z.string(),
});
export const registerPerson = defineAction({
  id: 'people.register',
  title: 'Bind an account to the entry with this number, or make a new one',
  senders: views,
  input: registerPersonInput,
  output: z.object({ person: personView }),
  run: async ({ people }, input) => ({ person: await people.register(input) }),
});

export const savePersonInput = z.object({
  /** Undefined makes a new entry. */
  id: z.optional(z.string()),
  /** E.164, or empty where the entry has a sign-in. */
  telephone: z.string(),
  name: z.string(),
  /** Takes the sign-in off the entry. */
  unbinds: z.optional(z.boolean()),
});
export const savePerson = defineAction({
  id: 'people.save',
  title: 'Add an entry, or change one',
  senders: views,
  input: savePersonInput,
  output: z.object({ person: personView }),
  run: async ({ people }, input) => ({ person: await people.save(input) }),
});

export const removePerson = defineAction({
  id: 'people.remove',
  title: 'Remove an entry',
  senders: views,
  input: z.object({ id: z.string() }),
  output: z.object({}),
  run: async ({ people }, { id }) => {
    await people.remove(id);
    return {};
  },
});

export const exportPeopleOutput = z.object({ name: z.string(), text: z.string() });
export const exportPeople = defineAction({
  id: 'people.export',
  title: 'The whole register as CSV',
  senders: views,
  input: z.object({}),
  output: exportPeopleOutput,
  run: async ({ people }) => people.export(),
});

export const importPeopleInput = z.object({
  people: z.array(
    z.object({
      /** Where it stands in the file, to be told where it is at fault. */
      row: z.number(),
      telephone: z.optional(z.string()),
      name: z.string(),
      appId: z.optional(z.string()),
      openId: z.optional(z.string()),
      unionId: z.optional(z.string()),
      nickname: z.optional(z.string()),
    }),
  ),
});
export const importPeopleOutput = z.object({ added: z.number(), changed: z.number() });
export const importPeople = defineAction({
  id: 'people.import',
  title: 'Take in the people of a file, all of them or none',
  senders: views,
  input: importPeopleInput,
  output: importPeopleOutput,
  run: async ({ people }, input) => people.import(input.people),
});
