/** Reads what a seller promises after the sale, one entry a row. */
import * as z from 'zod/mini';
import { joinTexts, maybe, orNone, type Page, read, text } from './read-body.ts';

const period = maybe(z.object({ period: text, lifetime: maybe(z.boolean()) }));
const condition = z.object({ id: z.string(), name: text });
const warranties = z.object({ warranties: z.array(condition) });
const impliedWarranties = z.object({ impliedWarranties: z.array(condition) });

export interface Condition {
  readonly id: string;
  readonly name: string | undefined;
}

const toCondition = ({ id, name }: z.output<typeof condition>): Condition => ({ id, name: orNone(name) });

export function readWarranties(body: unknown): Page<Condition> {
  return { entries: read(warranties, body).warranties.map(toCondition) };
}

export function readImpliedWarranties(body: unknown): Page<Condition> {
  return { entries: read(impliedWarranties, body).impliedWarranties.map(toCondition) };
}

/** An ISO 8601 duration as the service writes it, `∞` for a lifetime. */
function toPeriod(value: z.output<typeof period>): string | undefined {
  return value?.lifetime === true ? '∞' : orNone(value?.period);
}

const conditionDetail = z.object({
  type: text,
  individual: period,
  corporate: period,
  attachment: maybe(z.object({ url: text })),
  description: text,
});

/** What the detail of a warranty or of an implied warranty adds to its place in the list. */
export function readConditionDetail(body: unknown) {
  const { type, individual, corporate, attachment, description } = read(conditionDetail, body);
  return {
    type: orNone(type),
    individual: toPeriod(individual),
    corporate: toPeriod(corporate),
    attachment: orNone(attachment?.url),
    description: orNone(description),
  };
}

const returnPolicies = z.object({
  returnPolicies: z.array(
    z.object({
      id: z.string(),
      name: text,
      availability: maybe(z.object({ range: text })),
      withdrawalPeriod: text,
      returnCost: maybe(z.object({ coveredBy: text })),
      address: maybe(z.object({ name: text, street: text, postCode: text, city: text, countryCode: text })),
      contact: maybe(z.object({ phoneNumber: text, email: text })),
    }),
  ),
});

export function readReturnPolicies(body: unknown) {
  return {
    entries: read(returnPolicies, body).returnPolicies.map(
      ({ id, name, availability, withdrawalPeriod, returnCost, address, contact }) => ({
        id,
        name: orNone(name),
        availability: orNone(availability?.range),
        withdrawalPeriod: orNone(withdrawalPeriod),
        costCoveredBy: orNone(returnCost?.coveredBy),
        address: joinTexts([
          address?.name,
          address?.street,
          joinTexts([address?.postCode, address?.city], ' '),
          address?.countryCode,
        ]),
        contact: joinTexts([contact?.phoneNumber, contact?.email]),
      }),
    ),
  };
}
