/**
 * How Latchkey names itself to services that want to know which program calls: name, version, and a page about it.
 * https://developer.allegro.pl asks for this form; the name has to be that of the registered app.
 */
export function buildUserAgent(version: string, homepage: string): string {
  return `Latchkey/${version} (+${homepage})`;
}
