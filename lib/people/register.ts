/**
 * The register of people: who belongs to which telephone number, and to whom a sign-in belongs. A sign-in is known by app and
 * openid, or by the unionid that is the same over all apps of one owner. A number and a sign-in are each of one entry only.
 */
import { AppError } from '../errors.ts';
import type { Ports } from '../ports.ts';
import type { Person } from '../vault/schema.ts';
import type { Vault } from '../vault/vault.ts';

/** Who signed in, as the service names them. */
export interface Binding {
  readonly appId: string;
  readonly openId: string;
  readonly unionId?: string | undefined;
  readonly nickname?: string | undefined;
}

/** What a person types of an entry. */
export interface PersonFields {
  /** E.164; undefined where only the sign-in is known. */
  readonly telephone?: string | undefined;
  readonly name: string;
}

/** An entry of a file; `row` is told where it is at fault. */
export type ImportedPerson = PersonFields & {
  readonly [Key in keyof Binding]?: Binding[Key] | undefined;
} & { readonly row: number };

export interface Register {
  /** By openid, number or name, in any case; all of them for an empty text. By name. */
  list(search: string): Promise<Person[]>;
  /** The entry that a sign-in belongs to. */
  findBound(binding: Binding): Promise<Person | undefined>;
  /**
   * Binds a sign-in to the entry with this number, or makes a new one of both.
   * @throws AppError `openid_bound` (it belongs to another entry), `person_bound` (the number belongs to another sign-in).
   */
  bind(binding: Binding, fields: PersonFields): Promise<Person>;
  /**
   * @param id undefined makes a new entry.
   * @throws AppError `telephone_taken`, `bad_telephone`, `empty`, `unknown_person`.
   */
  save(id: string | undefined, fields: PersonFields, unbinds: boolean): Promise<Person>;
  remove(id: string): Promise<void>;
  /**
   * Adds and changes entries, all of them or none.
   * @throws AppError `csv_rows_taken` with the rows whose number or sign-in belongs to somebody else.
   */
  importAll(people: readonly ImportedPerson[]): Promise<{ added: number; changed: number }>;
}

/** The form alone; whether a country has such a number is looked at where people type it. */
function assertTelephone(telephone: string | undefined): void {
  if (telephone !== undefined && !/^\+[1-9]\d{6,14}$/.test(telephone))
    throw new AppError('bad_telephone', { field: 'telephone' });
}

/** Leaves out what is not told, since an index holds only what is there. */
function clean(person: Person): Person {
  // Nothing is added, only keys without a value go.
  return Object.fromEntries(Object.entries(person).filter(([, value]) => value !== undefined)) as Person;
}

function fits(person: Person, search: string): boolean {
  const text = search.trim().toLowerCase();
  const digits = text.replace(/\D/g, '');
  const { name, telephone = '', openId = '', unionId = '', nickname = '' } = person;
  const isNumber = /^[\d\s()+.-]+$/.test(text) && digits !== '';
  return (
    [name, openId, unionId, nickname].some((value) => value.toLowerCase().includes(text)) ||
    (isNumber && telephone.includes(digits))
  );
}

const isBoundTo = (person: Person, { appId, openId }: Pick<Person, 'appId' | 'openId'>) =>
  openId !== undefined && person.appId === appId && person.openId === openId;

const findByTelephone = (all: readonly Person[], telephone: string | undefined) =>
  telephone === undefined ? undefined : all.find((person) => person.telephone === telephone);

function findBy(all: readonly Person[], binding: Binding): Person | undefined {
  const { unionId } = binding;
  return (
    all.find((person) => isBoundTo(person, binding)) ??
    (unionId === undefined ? undefined : all.find((person) => person.unionId === unionId))
  );
}

/** What the register will hold instead of `all`, or rather the entries that change. */
interface Plan<T> {
  readonly put: readonly Person[];
  readonly result: T;
}

/**
 * The entry that a row of a file changes, as it is then.
 * @param fresh what it becomes where there is none.
 * @returns undefined where number or sign-in is somebody else's.
 */
export function placeRow(
  all: readonly Person[],
  row: Omit<ImportedPerson, 'row'>,
  fresh: Person,
): Person | undefined {
  const byNumber = findByTelephone(all, row.telephone);
  const bySignIn = all.find((person) => isBoundTo(person, row));
  if (byNumber !== undefined && bySignIn !== undefined && byNumber !== bySignIn) return undefined;
  const before = bySignIn ?? byNumber ?? fresh;
  const isOtherSignIn = row.openId !== undefined && before.openId !== undefined && !isBoundTo(before, row);
  if (isOtherSignIn) return undefined;
  const { telephone, name, appId, openId, unionId, nickname } = row;
  const told = { telephone, name, appId, openId, unionId, nickname };
  const isTold = ([, value]: [string, string | undefined]) => value !== undefined && value !== '';
  return { ...before, ...Object.fromEntries(Object.entries(told).filter(isTold)) };
}

export function createRegister(
  { clock, random, shell }: Pick<Ports, 'clock' | 'random' | 'shell'>,
  vault: Vault,
): Register {
  /** Reads, plans and writes in one transaction: nothing of it stays when the plan throws. */
  async function change<T>(plan: (all: readonly Person[]) => Plan<T>): Promise<T> {
    let planned: Plan<T> | undefined;
    await vault.write(['people'], async (transaction) => {
      const people = transaction.objectStore('people');
      planned = plan(await people.getAll());
      // Numbers may change hands in one go, so the old entries make room first.
      for (const { id } of planned.put) await people.delete(id);
      for (const person of planned.put) await people.put(clean(person));
    });
    shell.announce('people');
    if (planned === undefined) throw new AppError('internal');
    return planned.result;
  }

  const create = (): Person => ({ id: random.id(), name: '', createdAt: clock.now() });

  return {
    async list(search) {
      const all = await vault.store.people.list();
      return all
        .filter((person) => fits(person, search))
        .sort((a, b) => a.name.localeCompare(b.name) || a.createdAt - b.createdAt);
    },

    findBound: async (binding) => findBy(await vault.store.people.list(), binding),

    bind(binding, { telephone, name }) {
      assertTelephone(telephone);
      if (telephone === undefined) throw new AppError('empty', { field: 'telephone' });
      return change((all) => {
        const known = findBy(all, binding);
        if (known !== undefined && known.telephone !== telephone) throw new AppError('openid_bound');
        const before = known ?? findByTelephone(all, telephone) ?? create();
        if (before.openId !== undefined && before !== known)
          throw new AppError('person_bound', { field: 'telephone' });
        const after = { ...before, ...binding, telephone, name: name === '' ? before.name : name };
        return { put: [after], result: after };
      });
    },

    save(id, { telephone, name }, unbinds) {
      assertTelephone(telephone);
      return change((all) => {
        const before = id === undefined ? create() : all.find((person) => person.id === id);
        if (before === undefined) throw new AppError('unknown_person');
        const other = findByTelephone(all, telephone);
        if (other !== undefined && other.id !== before.id)
          throw new AppError('telephone_taken', { field: 'telephone' });
        const binding = unbinds
          ? { appId: undefined, openId: undefined, unionId: undefined, nickname: undefined }
          : {};
        const after = { ...before, ...binding, telephone, name };
        if (after.telephone === undefined && after.openId === undefined)
          throw new AppError('empty', { field: 'telephone' });
        return { put: [after], result: clean(after) };
      });
    },

    async remove(id) {
      await vault.store.people.remove(id);
      shell.announce('people');
    },

    importAll: (rows) =>
      change((all) => {
        let now = [...all];
        const put = new Map<string, Person>();
        const taken: number[] = [];
        for (const row of rows) {
          assertTelephone(row.telephone);
          const fresh = create();
          const after = placeRow(now, row, fresh);
          if (after === undefined) taken.push(row.row);
          else {
            now = [...now.filter(({ id }) => id !== after.id), after];
            put.set(after.id, after);
          }
        }
        if (taken.length > 0) throw new AppError('csv_rows_taken', { params: { rows: taken.join(', ') } });
        const known = new Set(all.map(({ id }) => id));
        const added = [...put.keys()].filter((id) => !known.has(id)).length;
        return { put: [...put.values()], result: { added, changed: put.size - added } };
      }),
  };
}
