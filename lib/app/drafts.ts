/** What was typed before a view closed, kept until the browser closes. */
import * as z from 'zod/mini';
import type { ActionContext } from '../actions/context.ts';
import type { Session } from '../ports.ts';

const fields = z.record(z.string(), z.string());

export function createDrafts(session: Session): ActionContext['drafts'] {
  return {
    async read(form) {
      const draft = fields.safeParse(await session.get(`draft:${form}`));
      return draft.success ? draft.data : undefined;
    },
    save: (form, draft) => session.set(`draft:${form}`, draft),
  };
}
