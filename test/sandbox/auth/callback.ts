/** The redirect back to the app, and the hostile variants tests ask for. */

export interface CallbackOverrides {
  /** Replaces parameters; a list gives the parameter several times, undefined leaves it out. */
  readonly params?: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Instead of a redirect: a page of the service, for example its error page. */
  readonly page?: { readonly status: number; readonly html: string };
  /** Sends the person to another address than the app asked for. */
  readonly redirectUri?: string;
}

/** Always joined with `?`, whatever the address holds already, as the services do. */
export function buildCallbackUrl(
  redirectUri: string,
  params: Readonly<Record<string, string | undefined>>,
  overrides: CallbackOverrides = {},
): string {
  const query = Object.entries({ ...params, ...overrides.params }).flatMap(([name, value]) =>
    (typeof value === 'object' ? value : value === undefined ? [] : [value]).map(
      (text) => `${name}=${encodeURIComponent(text)}`,
    ),
  );
  return `${overrides.redirectUri ?? redirectUri}?${query.join('&')}`;
}
