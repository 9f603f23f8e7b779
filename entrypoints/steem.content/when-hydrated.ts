/**
 * Resolves in the first idle moment after load. React takes a server-rendered page over about then; a node that it finds
 * too many makes it throw the page's own away.
 */
export async function whenHydrated(): Promise<void> {
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => addEventListener('load', resolve));
  }
  await new Promise((resolve) => requestIdleCallback(resolve, { timeout: 1000 }));
}
