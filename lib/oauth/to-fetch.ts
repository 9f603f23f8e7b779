import type { CustomFetchOptions, ProtectedResourceRequestBody } from 'oauth4webapi';
import type { Http } from '../ports.ts';

type Options = CustomFetchOptions<string, ProtectedResourceRequestBody>;

/** Our http as oauth4webapi wants its network. */
export function toFetch(http: Http): (url: string, options: Options) => Promise<Response> {
  return (url, { body, ...options }) => {
    // The library's type allows for memory that is shared; nobody here has any.
    const sent = body as Exclude<typeof body, Uint8Array | undefined>;
    return http(new Request(url, body === undefined ? options : { ...options, body: sent }));
  };
}
