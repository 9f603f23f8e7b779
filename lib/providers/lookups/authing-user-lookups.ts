/** What a person who signed in with a password can see and change of themselves. */
import * as people from '../../authing/people.ts';
import { toUserRow, user, profileNames } from '../../authing/user.ts';
import { AppError } from '../../errors.ts';
import type { Lookup } from '../lookup.ts';
import { ask, column, encryptGiven, fullColumns, param, profileParams, readGiven } from './authing-parts.ts';

const password = (id: string) => param(id, { kind: 'password', isRequired: true });

export const authingUserLookups: readonly Lookup[] = [
  {
    id: 'me',
    titleKey: 'lookup_authing_me',
    params: [],
    columns: fullColumns,
    run: async (call, asked) => ({
      rows: [toUserRow(await ask(call, asked, { operation: people.getUser, result: user }))],
    }),
  },
  {
    id: 'update-profile',
    titleKey: 'lookup_authing_update_profile',
    effect: 'change',
    params: profileParams,
    columns: fullColumns,
    async run(call, asked) {
      const input = readGiven(asked.params, profileNames);
      if (Object.keys(input).length === 0)
        throw new AppError('nothing_to_change', { field: profileNames[0] });
      const variables = { id: asked.subject, input };
      return {
        rows: [toUserRow(await ask(call, asked, { operation: people.updateUser, variables, result: user }))],
      };
    },
  },
  {
    id: 'change-password',
    titleKey: 'lookup_authing_change_password',
    effect: 'change',
    params: [password('oldPassword'), { ...password('password'), titleKey: 'lookup_authing_new_password' }],
    columns: [column('username'), column('id')],
    async run(call, asked) {
      const { password: newPassword, oldPassword } = await encryptGiven(call, asked, [
        'oldPassword',
        'password',
      ]);
      const variables = { newPassword, oldPassword };
      const changed = await ask(call, asked, { operation: people.updatePassword, variables, result: user });
      return { rows: [toUserRow(changed)] };
    },
  },
  {
    id: 'login-status',
    titleKey: 'lookup_authing_login_status',
    params: [],
    columns: [
      column('message'),
      column('isSignedIn'),
      column('issuedAt', 'time'),
      column('expiresAt', 'time'),
    ],
    async run(call, asked) {
      const status = await ask(call, asked, {
        operation: people.checkLoginStatus,
        result: people.loginStatus,
      });
      return {
        rows: [
          {
            message: status.message ?? undefined,
            isSignedIn: status.status === true ? '✓' : '✗',
            issuedAt: typeof status.iat === 'number' ? status.iat * 1000 : undefined,
            expiresAt: typeof status.exp === 'number' ? status.exp * 1000 : undefined,
          },
        ],
      };
    },
  },
];
