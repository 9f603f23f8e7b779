import type { ServiceView } from '../../../lib/actions/registrations.ts';

export interface HostToAskFor {
  readonly name: string;
  /** A match pattern; those have no port, so it covers all of them. */
  readonly pattern: string;
  /** The field that names it. */
  readonly field: string;
}

interface TypedAddresses {
  readonly authBase: string;
  readonly apiBase: string;
  readonly settings: Readonly<Record<string, string>>;
}

const loopbackHosts = new Set(['localhost', '127.0.0.1']);

/** The host of an address; a bare host counts as https. Undefined for what may not be asked for, and is refused anyway. */
function readHost(address: string, field: string): HostToAskFor | undefined {
  const text = address.includes('://') ? address : `https://${address}`;
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname } = new URL(text);
  const isLoopback = protocol === 'http:' && loopbackHosts.has(hostname);
  if (protocol !== 'https:' && !isLoopback) return undefined;
  return { name: hostname, pattern: `${protocol}//${hostname}/*`, field };
}

/** A field may take several. */
const listAddresses = (text: string) => text.split(/[\s,]+/).filter((address) => address !== '');

/**
 * The hosts for which the browser must be asked before the extension may send requests there: those of addresses of the
 * person's own. A preset's host is in the manifest.
 */
export function readHostsToAskFor(service: ServiceView, typed: TypedAddresses): HostToAskFor[] {
  const { addresses, presetApiBase, settings } = service;
  const preset = presetApiBase === '' ? undefined : readHost(presetApiBase, 'apiBase')?.name;
  const base =
    addresses === 'editable' || addresses === 'fixed'
      ? readHost(typed.apiBase, 'apiBase')
      : readHost(typed.authBase, 'authBase');
  const own = settings
    .filter(({ asksForHost }) => asksForHost)
    .flatMap(({ id, value }) => listAddresses(typed.settings[id] ?? value).map((text) => readHost(text, id)));
  return [base, ...own].filter((host) => host !== undefined).filter(({ name }) => name !== preset);
}
