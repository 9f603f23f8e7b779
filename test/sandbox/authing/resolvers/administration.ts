/** The administrator's token, the pool itself, and its roles and groups. */
import type { Call, Fields } from '../call.ts';
import { readText, readTexts } from '../call.ts';
import { Refusal } from '../error-texts.ts';
import type { PoolLabel } from '../pool.ts';
import type { PoolUser } from '../user.ts';
import { paginate, presentGroup, presentRole } from './present.ts';

export function getAccessToken(call: Call, args: Fields): unknown {
  const { settings } = call.service;
  if (readText(args, 'userPoolId') !== settings.userPoolId) throw new Refusal(2224);
  if (readText(args, 'secret') !== settings.secret) throw new Refusal(1001);
  return issue(call);
}

/** A new token for one that is still good. */
export function refreshAccessToken(call: Call, args: Fields): unknown {
  const { userId } = call.service.tokens.check(readText(args, 'accessToken') ?? '');
  if (userId !== undefined) throw new Refusal(2207);
  return issue(call);
}

function issue({ service }: Call): unknown {
  const { text: accessToken, iat, exp } = service.issueAdministratorToken();
  return { accessToken, iat, exp };
}

/** With the secrets, for whoever asks for them. */
export function getUserPool(call: Call): unknown {
  call.checkAdministrator();
  const { settings, brand } = call.service;
  return {
    id: settings.userPoolId,
    name: 'Bees',
    domain: brand.appHost.split('.')[0],
    description: 'People who keep bees',
    secret: settings.secret,
    jwtSecret: settings.appSecret,
  };
}

export function listRoles(call: Call, args: Fields): unknown {
  call.checkAdministrator();
  return paginate([...call.service.pool.roles.values()], args, (role) => presentRole(call, role));
}

export function getRole(call: Call, args: Fields): unknown {
  call.checkAdministrator();
  const role = call.service.pool.roles.get(readText(args, 'code') ?? '');
  return role === undefined ? null : presentRole(call, role);
}

export function listGroups(call: Call, args: Fields): unknown {
  call.checkAdministrator();
  const { pool } = call.service;
  const userId = readText(args, 'userId');
  const member = userId === undefined ? undefined : pool.getById(userId);
  const groups = [...pool.groups.values()].filter(({ code }) => member?.groups.has(code) ?? true);
  return paginate(groups, args, (group) => presentGroup(call, group));
}

export function getGroup(call: Call, args: Fields): unknown {
  call.checkAdministrator();
  const group = call.service.pool.groups.get(readText(args, 'code') ?? '');
  return group === undefined ? null : presentGroup(call, group);
}

export interface LabelChange {
  readonly kind: 'roles' | 'groups';
  readonly isAdded: boolean;
}

/** Gives people roles or groups, or takes them; refuses with 2231 a label there is not, with 2004 an unknown person. */
export function changeLabels(call: Call, args: Fields, { kind, isAdded }: LabelChange): unknown {
  call.checkAdministrator();
  const { pool } = call.service;
  const known: ReadonlyMap<string, PoolLabel> = pool[kind];
  const single = readText(args, kind === 'roles' ? 'roleCode' : 'code');
  const codes = [...(single === undefined ? [] : [single]), ...readTexts(args, 'roleCodes')];
  if (codes.length === 0 || codes.some((code) => !known.has(code))) throw new Refusal(2231);
  const users: PoolUser[] = readTexts(args, 'userIds').map((id) => pool.getById(id));
  for (const user of users) {
    for (const code of codes) {
      if (isAdded) user[kind].add(code);
      else user[kind].delete(code);
    }
  }
  return { code: 200, message: 'OK' };
}
