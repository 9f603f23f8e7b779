/**
 * A page that a site's owner (or a script smuggled in) could send: it says one author and links to another, presses our
 * buttons by script, forges messages, copies, moves and hides our elements, and listens to everything. What it got hold
 * of stands in `window.loot`.
 */
import { htmlAnswer } from '../messages.ts';
import type { SandboxResponse } from '../index.ts';

/** The post that the link names, and what the page claims it to be. */
export const hostilePost = { author: 'mallory', permlink: 'script-in-the-title' };
export const claimedPost = { author: 'alice', permlink: 'notes-from-a-mountain-hut' };

export function answerHostilePage(): SandboxResponse {
  return htmlAnswer(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${claimedPost.permlink}</title>
<link rel="canonical" href="https://steemit.com/travel/@${claimedPost.author}/${claimedPost.permlink}">
<style>latchkey-vote,latchkey-vote *{opacity:0!important;display:none!important;visibility:hidden!important}</style></head><body>
<div id="content"><div id="posts_list" class="PostsList"><ul class="PostsList__summaries hfeed"><li>
<div class="articles__summary"><div class="articles__summary-header"><div class="user">
<span class="user__name"><span class="Author"><a href="/@${claimedPost.author}">${claimedPost.author}</a></span></span></div></div>
<div class="articles__content hentry"><h2 class="articles__h2 entry-title">
<a href="/spam/@${hostilePost.author}/${hostilePost.permlink}">Notes from a mountain hut, by @${claimedPost.author}/${claimedPost.permlink}</a></h2>
<div class="articles__footer"><div class="articles__summary-footer"></div></div></div></div></li></ul></div></div>
<script>(${attack.toString()})()</script></body></html>`);
}

/** Runs in the page, so it may use nothing of this file. */
function attack(): void {
  const loot: string[] = [];
  Object.assign(window, { loot, rounds: 0 });
  const forged = {
    protocol: 'latchkey/1',
    action: 'vote.cast',
    input: {
      request: '6b3f2a51-6d0c-4b3a-9c55-0f1f6d2c7a10',
      account: '1',
      post: 'mallory/script-in-the-title',
      weight: 100,
    },
  };
  for (const name of ['message', 'latchkey', 'keydown', 'input', 'change']) {
    window.addEventListener(
      name,
      (event) => {
        const path = event.composedPath()[0];
        if (path instanceof Element && path.getRootNode() instanceof ShadowRoot) loot.push(`inside:${name}`);
      },
      true,
    );
  }
  Element.prototype.attachShadow = new Proxy(Reflect.get(Element.prototype, 'attachShadow'), {
    apply(attachShadow, host: Element, [options]: [ShadowRootInit]) {
      if (host.localName.startsWith('latchkey')) loot.push('shadow root');
      return Reflect.apply(attachShadow, host, [{ ...options, mode: 'open' }]);
    },
  });
  const press = () => {
    for (const host of document.querySelectorAll<HTMLElement>('latchkey-post-actions, latchkey-vote')) {
      if (host.shadowRoot) loot.push(`open root:${host.shadowRoot.textContent}`);
      host.click();
      host.focus();
      for (const name of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
        host.dispatchEvent(new MouseEvent(name, { bubbles: true, composed: true, detail: 1 }));
      }
      host.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true }));
      const copy = host.cloneNode(true);
      if (copy instanceof HTMLElement) {
        if (copy.shadowRoot) loot.push('copied root');
        copy.hidden = true;
        document.body.append(copy);
        copy.click();
        copy.remove();
      }
    }
    window.postMessage(forged, '*');
    document.dispatchEvent(new CustomEvent('latchkey', { detail: forged }));
    const chromium: unknown = Reflect.get(window, 'chrome');
    if (chromium && typeof chromium === 'object') {
      const runtime: unknown = Reflect.get(chromium, 'runtime');
      if (runtime) loot.push('chrome.runtime');
    }
    Object.assign(window, { rounds: Number(Reflect.get(window, 'rounds')) + 1 });
  };
  setInterval(press, 100);
}
