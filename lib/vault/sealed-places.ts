/** Where in the vault sealed text lies, and the identity that each is bound to. */
import type { Grant, PendingSignIn, Registration, Sealed } from './schema.ts';

export const identityOf = {
  /** @param field `clientSecret` or the id of a secret setting. */
  registration: (provider: string, field: string) => `registrations/${provider}/${field}`,
  signIn: (provider: string) => `signIns/${provider}/state`,
  deviceSignIn: (provider: string) => `signIns/${provider}/device`,
  grant: (account: string, field: GrantField) => `grants/${account}/${field}`,
};

export const grantFields = ['accessToken', 'refreshToken', 'tokenSecret', 'idToken'] as const;
export type GrantField = (typeof grantFields)[number];

/** Seals one text anew. */
export type Move = (sealed: Sealed, identity: string) => Promise<Sealed>;

/** The stores that hold sealed text, and how each of their records is sealed anew. */
export interface SealedRecords {
  readonly registrations: Registration;
  readonly signIns: PendingSignIn;
  readonly grants: Grant;
}

export const moveRecord: {
  readonly [Store in keyof SealedRecords]: (
    record: SealedRecords[Store],
    move: Move,
  ) => Promise<SealedRecords[Store]>;
} = {
  async registrations(record, move) {
    const { provider, clientSecret } = record;
    const secrets = await Promise.all(
      Object.entries(record.secrets).map(
        async ([field, sealed]) =>
          [field, await move(sealed, identityOf.registration(provider, field))] as const,
      ),
    );
    return {
      ...record,
      ...(clientSecret === undefined
        ? {}
        : { clientSecret: await move(clientSecret, identityOf.registration(provider, 'clientSecret')) }),
      secrets: Object.fromEntries(secrets),
    };
  },
  signIns: async (record, move) => {
    const identity = record.device === undefined ? identityOf.signIn : identityOf.deviceSignIn;
    return { ...record, state: await move(record.state, identity(record.provider)) };
  },
  async grants(record, move) {
    const moved: Grant = { ...record };
    for (const field of grantFields) {
      const sealed = record[field];
      if (sealed !== undefined) moved[field] = await move(sealed, identityOf.grant(record.account, field));
    }
    return moved;
  },
};
