import type { ViewPorts } from '../ui/view-ports.ts';
import {
  createInvoke,
  createViewTranslate,
  onChange,
  openLookUp,
  openOptions,
  requestHosts,
  version,
} from './view.ts';

/** The browser, as the popup and the options page need it. */
export function createViewPorts(): ViewPorts {
  return {
    invoke: createInvoke(),
    t: createViewTranslate(),
    version: version(),
    now: () => Date.now(),
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    newId: () => crypto.randomUUID(),
    sleep,
    whenIdle,
    onChange,
    openOptions,
    openLookUp,
    requestHosts,
    copy: (text) => navigator.clipboard.writeText(text),
    saveFile,
  };
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(resolve, ms);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason as Error); // Ours alone abort, always with the default reason, a DOMException.
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

function whenIdle(work: () => void, signal: AbortSignal): void {
  const handle = requestIdleCallback(work);
  signal.addEventListener('abort', () => cancelIdleCallback(handle));
}

function saveFile(name: string, ...text: readonly string[]): void {
  const type = name.endsWith('.json') ? 'application/json' : 'text/csv;charset=utf-8';
  const url = URL.createObjectURL(new Blob([...text], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // The browser holds on to the data by itself once the click has started the download.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
