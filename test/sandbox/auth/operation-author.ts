/** Which field of an operation names the account that acts. Source: helpers/operation-author.json of the servers. */
import type { Operation } from '../chain/chain.ts';

const authorField: Readonly<Record<string, string>> = {
  vote: 'voter',
  comment: 'author',
  delete_comment: 'author',
  comment_options: 'author',
  claim_reward_balance: 'account',
  account_update2: 'account',
};

/** Undefined for operations that are not in the servers' table. */
export function findOperationAuthor([name, fields]: Operation): unknown {
  if (name === 'custom_json') {
    const auths = fields['required_posting_auths'];
    return Array.isArray(auths) ? (auths as unknown[])[0] : undefined;
  }
  const field = authorField[name];
  return field === undefined ? undefined : fields[field];
}
