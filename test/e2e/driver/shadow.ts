/**
 * Our elements on foreign pages have closed shadow roots, which no script of the page can enter. Debuggers can: here is
 * how a function is run on them without leaving a trace that the page could find.
 */
import type { Page } from 'puppeteer-core';
import type { BidiConnection } from './firefox-system.ts';

/** Runs the text of `(roots) => value` on the shadow roots of all elements of this name; resolves with plain values. */
export type CallOnShadowRoots = (page: Page, elementName: string, source: string) => Promise<unknown>;

export const callInChromium: CallOnShadowRoots = async (page, elementName, source) => {
  const session = await page.createCDPSession();
  try {
    const hosts = await session.send('Runtime.evaluate', {
      expression: `[...document.querySelectorAll('${elementName}')]`,
    });
    const objectId = hosts.result.objectId;
    if (objectId === undefined) throw new Error('The page has no document.');
    const { result: properties } = await session.send('Runtime.getProperties', {
      objectId,
      ownProperties: true,
    });
    const roots: { objectId: string }[] = [];
    for (const { value } of properties) {
      if (value?.subtype !== 'node' || value.objectId === undefined) continue;
      const { node } = await session.send('DOM.describeNode', {
        objectId: value.objectId,
        depth: 1,
        pierce: true,
      });
      const shadow = node.shadowRoots?.[0];
      if (shadow === undefined) continue;
      const { object } = await session.send('DOM.resolveNode', { backendNodeId: shadow.backendNodeId });
      if (object.objectId !== undefined) roots.push({ objectId: object.objectId });
    }
    const answer = await session.send('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: `(...roots) => (${source})(roots)`,
      arguments: roots,
      returnByValue: true,
    });
    if (answer.exceptionDetails !== undefined)
      throw new Error(answer.exceptionDetails.exception?.description);
    return answer.result.value as unknown;
  } finally {
    await session.detach();
  }
};

interface Node {
  readonly value?: { readonly shadowRoot?: { readonly sharedId: string } | null };
}

export function callInFirefox(connection: BidiConnection): CallOnShadowRoots {
  return async (page, elementName, source) => {
    // Puppeteer names a frame by the BiDi id of its context.
    const { _id: context } = page.mainFrame() as unknown as { readonly _id: string };
    const call = async (functionDeclaration: string, roots: readonly { readonly sharedId: string }[]) => {
      const answer = await connection.send('script.callFunction', {
        functionDeclaration,
        awaitPromise: true,
        target: { context },
        arguments: roots,
        serializationOptions: { maxDomDepth: 1, includeShadowTree: 'all' },
      });
      // The shape of the answer is that of WebDriver BiDi.
      const result = answer.result as
        | { readonly type: 'success'; readonly result: { readonly value?: unknown } }
        | { readonly type: 'exception'; readonly exceptionDetails: { readonly text: string } };
      if (result.type === 'exception') throw new Error(result.exceptionDetails.text);
      return result.result.value;
    };
    const nodes = (await call(
      `() => [...document.querySelectorAll('${elementName}')]`,
      [],
    )) as readonly Node[];
    const roots = nodes.flatMap(({ value }) =>
      value?.shadowRoot ? [{ sharedId: value.shadowRoot.sharedId }] : [],
    );
    // As text, so that any plain value comes back whole.
    const text = await call(`(...roots) => JSON.stringify((${source})(roots)) ?? 'null'`, roots);
    return JSON.parse(String(text)) as unknown;
  };
}
