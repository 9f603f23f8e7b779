/** GET /2/users/...: who somebody is, and whom they know. */
import type { SandboxAnswer } from '../../messages.ts';
import { jsonAnswer } from '../../messages.ts';
import { fieldNames } from '../field-names.ts';
import type { FollowEntry, XUser } from '../people.ts';
import type { PartialError } from '../problems.ts';
import { buildPartialError } from '../problems.ts';
import type { Call } from './call.ts';
import { charge, invalid } from './call.ts';
import { getUser } from './caller.ts';
import { readPage } from './pages.ts';
import { checkQuery, readMaxResults, readUserFields } from './query.ts';
import { buildUser } from './shapes.ts';

export function answerMe(call: Call): SandboxAnswer {
  checkQuery(call, listParameters(call));
  return giveUser(call, getUser(call.caller));
}

export function answerByUsername(call: Call): SandboxAnswer {
  const { service, subject } = call;
  checkQuery(call, listParameters(call));
  if (!/^[A-Za-z0-9_]{1,15}$/.test(subject)) {
    throw invalid(
      call,
      `The \`username\` query parameter value [${subject}] does not match ^[A-Za-z0-9_]{1,15}$`,
      { username: [subject] },
    );
  }
  const user = service.people.find(subject);
  if (user !== undefined && !user.suspended) return giveUser(call, user);
  return jsonAnswer({
    errors: [
      buildPartialError(service.fieldNames, {
        kind: user === undefined ? 'missing' : 'suspended',
        resource_type: 'user',
        parameter: 'username',
        value: subject,
      }),
    ],
  });
}

export function answerFollowers(call: Call): SandboxAnswer {
  return answerFollows(call, (user) => call.service.people.followersOf(user));
}

export function answerFollowing(call: Call): SandboxAnswer {
  return answerFollows(call, (user) => call.service.people.followingOf(user));
}

function listParameters({ service }: Call): string[] {
  return ['user.fields', fieldNames[service.fieldNames].parameter, 'expansions'];
}

function giveUser(call: Call, user: XUser): SandboxAnswer {
  const data = buildUser(call.service, user, readUserFields(call));
  charge(call, [{ what: 'user read', resources: [`user ${user.id}`] }]);
  return jsonAnswer({ data });
}

/** The person whose list is asked for, or the errors that stand in for it. Throws ApiError 400 for no id. */
export function findListOwner(call: Call): { user: XUser } | { errors: PartialError[] } {
  const { service, caller, subject } = call;
  if (!/^[0-9]{1,19}$/.test(subject)) {
    throw invalid(call, `The \`id\` query parameter value [${subject}] is not valid`, { id: [subject] });
  }
  const user = service.people.findById(subject);
  const refuse = (kind: 'missing' | 'protected' | 'suspended'): { errors: PartialError[] } => ({
    errors: [
      buildPartialError(service.fieldNames, {
        kind,
        resource_type: 'user',
        parameter: 'id',
        value: subject,
      }),
    ],
  });
  if (user === undefined) return refuse('missing');
  if (user.suspended) return refuse('suspended');
  if (!user.protected) return { user };
  const reader = caller.kind === 'app-only' ? undefined : caller.user;
  const maySee = reader === user || (reader !== undefined && service.people.isFollowing(reader, user));
  return maySee ? { user } : refuse('protected');
}

/** Reads of the own lists of the app's owner are cheap. */
export function isOwnedRead({ caller }: Call, user: XUser): boolean {
  return caller.kind !== 'app-only' && caller.user === user && caller.app.ownerUserId === user.id;
}

function answerFollows(call: Call, list: (user: XUser) => FollowEntry[]): SandboxAnswer {
  checkQuery(call, [...listParameters(call), 'max_results', 'pagination_token']);
  const size = readMaxResults(call, { least: 1, most: 1000, usual: 100 });
  const fields = readUserFields(call);
  const owner = findListOwner(call);
  if ('errors' in owner) return jsonAnswer(owner);
  const { items, nextToken, previousToken } = readPage(call, list(owner.user), size);
  const users = items.map(({ user }) => user);
  charge(call, [
    {
      what: isOwnedRead(call, owner.user) ? 'owned read' : 'follow read',
      resources: users.map(({ id }) => `user ${id}`),
    },
  ]);
  return jsonAnswer({
    ...(users.length > 0 && { data: users.map((user) => buildUser(call.service, user, fields)) }),
    meta: {
      result_count: users.length,
      ...(nextToken !== undefined && { next_token: nextToken }),
      ...(previousToken !== undefined && { previous_token: previousToken }),
    },
  });
}
