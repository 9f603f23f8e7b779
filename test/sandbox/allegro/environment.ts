/** Allegro twice: the real marketplace, and the one for trying things out. They share nothing. */
export interface AllegroEnvironment {
  readonly title: string;
  /** Sign-in pages and the OAuth endpoints. */
  readonly webHost: string;
  readonly apiHost: string;
  /** What `/me` answers to the token of an app; the specification says 403, Allegro's sandbox was seen with 500. */
  readonly appTokenAtMe: 403 | 500;
}

export const production: AllegroEnvironment = {
  title: 'Allegro',
  webHost: 'allegro.pl',
  apiHost: 'api.allegro.pl',
  appTokenAtMe: 403,
};

export const trial: AllegroEnvironment = {
  title: 'Allegro Sandbox',
  webHost: 'allegro.pl.allegrosandbox.pl',
  apiHost: 'api.allegro.pl.allegrosandbox.pl',
  appTokenAtMe: 500,
};
