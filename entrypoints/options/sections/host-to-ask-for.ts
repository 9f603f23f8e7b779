export interface HostToAskFor {
  readonly name: string;
  /** A match pattern; those have no port, so it covers all of them. */
  readonly pattern: string;
}

/**
 * The host for which the browser must be asked before the extension may send requests there: that of an address of the
 * person's own. Undefined for the preset, whose host is in the manifest, and for what is no address.
 */
export function readHostToAskFor(address: string, preset: string): HostToAskFor | undefined {
  if (!URL.canParse(address)) return undefined;
  const { protocol, hostname } = new URL(address);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  if (!isWeb || hostname === new URL(preset).hostname) return undefined;
  return { name: hostname, pattern: `${protocol}//${hostname}/*` };
}
