import type { ActionContext } from '../../../lib/actions/context.ts';

/** A house in which every call of every service answers with an empty object and is written into `calls`. */
export function buildContext(calls: string[]): ActionContext {
  const service = (room: string) =>
    new Proxy(
      {},
      {
        get: (_target, name) => () => {
          calls.push(`${room}.${String(name)}`);
          return Promise.resolve({});
        },
      },
    );
  // A proxy has whatever is asked of it.
  return new Proxy({}, { get: (_target, room) => service(String(room)) }) as ActionContext;
}
