/** open.weixin.qq.com: the QR page, what the phone does with it, and the page for WeChat's own browser. */
import { readForm } from '../auth/read-form.ts';
import type { SandboxRequest, SandboxResponse } from '../messages.ts';
import { jsonAnswer, textAnswer } from '../messages.ts';
import type { QrRequest } from './qr-connect.ts';
import { buildWayBack, readQrRequest } from './qr-connect.ts';
import { phonePath } from './qr-page-script.ts';
import { buildErrorPage, buildOnlyInWeChatPage, buildQrPage } from './qr-page.ts';
import type { WeChatService } from './service.ts';

export function answerWeb(service: WeChatService, request: SandboxRequest): SandboxResponse {
  const { method, path } = request;
  if (method === 'GET' && path === '/connect/qrconnect') return answerQrConnect(service, request);
  if (method === 'GET' && path === '/connect/oauth2/authorize') return buildOnlyInWeChatPage();
  if (method === 'POST' && path === phonePath) return answerPhone(service, readForm(request));
  return textAnswer('Not found', 404);
}

function answerQrConnect(service: WeChatService, request: SandboxRequest): SandboxResponse {
  const asked = readQrRequest(service, request);
  if ('error' in asked) return buildErrorPage(asked.error);
  return buildQrPage({ request: asked, uuid: service.openQr(asked), people: service.listPeople() });
}

/** `{text, address?}`: what the page says now, and where it leads. A QR code is good for one way back. */
function answerPhone(service: WeChatService, form: URLSearchParams): SandboxResponse {
  const uuid = form.get('uuid') ?? '';
  const asked = service.findQr(uuid);
  if (asked === undefined) return jsonAnswer({ text: 'The QR code has expired' });
  const personId = form.get('person');
  const address = personId === null ? refuse(service, asked) : confirm(service, asked, personId);
  if (address === undefined) return jsonAnswer({ text: 'Refused on the phone. Nothing more happens here.' });
  service.closeQr(uuid);
  return jsonAnswer({ text: 'Going back', address });
}

function confirm(service: WeChatService, asked: QrRequest, personId: string): string {
  return buildWayBack(asked, service.issueCode(asked.app.appId, personId));
}

/** Undefined when the page stays where it is, as WeChat's documents say today. */
function refuse(service: WeChatService, asked: QrRequest): string | undefined {
  if (service.refusal === 'no-redirect') return undefined;
  return buildWayBack(asked, service.refusal === 'authdeny' ? 'authdeny' : undefined);
}
