/** Warranties, return policies and implied warranties: the token says whose. */
import type { Call } from './call.ts';
import { getUser, notFound } from './call.ts';
import { takePage } from './query.ts';

const ranges = {
  limit: { least: 1, most: 60, usual: 60 },
  offset: { least: 0, most: 59, usual: 0 },
};

const shorten = ({ id, name }: { readonly id: string; readonly name: string }): object => ({ id, name });

export function listWarranties(call: Call): object {
  const { warranties } = getUser(call);
  return { count: warranties.length, warranties: takePage(call, warranties, ranges).map(shorten) };
}

export function listReturnPolicies(call: Call): object {
  const { id, returnPolicies } = getUser(call);
  const page = takePage(call, returnPolicies, ranges);
  return {
    count: returnPolicies.length,
    returnPolicies: page.map((policy) => ({ ...policy, seller: { id } })),
  };
}

export function listImpliedWarranties(call: Call): object {
  const { impliedWarranties } = getUser(call);
  const page = takePage(call, impliedWarranties, ranges);
  return { count: impliedWarranties.length, impliedWarranties: page.map(shorten) };
}

export const showWarranty = (call: Call): object => show(call, getUser(call).warranties);
export const showReturnPolicy = (call: Call): object => show(call, getUser(call).returnPolicies);
export const showImpliedWarranty = (call: Call): object => show(call, getUser(call).impliedWarranties);

function show(call: Call, conditions: readonly { readonly id: string }[]): object {
  const found = conditions.find(({ id }) => id === call.subject);
  if (found === undefined) throw notFound(call);
  return { ...found, seller: { id: getUser(call).id } };
}
