/** An address with more parameters, for ways back to an app. */
export function addQuery(address: string, params: Readonly<Record<string, string>>): string {
  return `${address}${address.includes('?') ? '&' : '?'}${new URLSearchParams(params)}`;
}
