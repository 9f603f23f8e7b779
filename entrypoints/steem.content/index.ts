import { defineContentScript } from 'wxt/utils/define-content-script';
import { createInvoke, createViewTranslate } from '../../lib/platform/view.ts';
import { findSite, siteMatches } from '../../lib/steem/sites/index.ts';
import { createPage } from './create-page.ts';
import { whenHydrated } from './when-hydrated.ts';

export default defineContentScript({
  matches: [...siteMatches],
  async main(context) {
    const site = findSite(location.hostname);
    if (!site) return;
    const invoke = createInvoke();
    const [page] = await Promise.all([invoke('page.open', {}), whenHydrated()]);
    if (page.isEnabled) {
      createPage({ site, invoke, page, context, translate: createViewTranslate() });
    }
  },
});
