/** A person with a phone before the QR page: scans it and answers, as the page's own script would tell the server. */
import { AppError } from '../../lib/errors.ts';
import type { Http } from '../../lib/ports.ts';

export interface Phone {
  /** Who confirms, by the sandbox's name for them; undefined refuses. */
  person: string | undefined;
}

/** Resolves with the address that the page leads to; never where a refusal leads nowhere. */
export async function scanQrPage(http: Http, phone: Phone, url: string): Promise<string> {
  const page = await (await http(new Request(url))).text();
  const uuid = /data-uuid="([^"]+)"/.exec(page)?.[1];
  // An error page: people read it and close the window.
  if (uuid === undefined) throw new AppError('cancelled');
  const { person } = phone;
  const body = new URLSearchParams({ uuid, ...(person !== undefined && { person }) });
  const pressed = await http(
    new Request('https://open.weixin.qq.com/connect/phone', { method: 'POST', body }),
  );
  const { address } = (await pressed.json()) as { readonly address?: string };
  return address ?? new Promise(() => undefined);
}
