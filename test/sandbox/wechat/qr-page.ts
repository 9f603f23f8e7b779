/** The pages of open.weixin.qq.com that a person sees on the computer. */
import { escapeHtml, htmlPage } from '../html.ts';
import type { SandboxAnswer } from '../messages.ts';
import { htmlAnswer } from '../messages.ts';
import type { WeChatPerson } from './people.ts';
import { printNickname } from './people.ts';
import { qrPageScript } from './qr-page-script.ts';
import type { QrRequest } from './qr-connect.ts';

/** Instead of a way back to the app: the app asked wrongly. */
export function buildErrorPage(sentence: string): SandboxAnswer {
  return htmlAnswer(htmlPage('WeChat', `<h1>WeChat</h1>\n<p role="alert">${escapeHtml(sentence)}</p>`));
}

/** What any browser but WeChat's own is shown at /connect/oauth2/authorize. */
export function buildOnlyInWeChatPage(): SandboxAnswer {
  return buildErrorPage('Please open the link in the WeChat client');
}

export interface QrPage {
  readonly request: QrRequest;
  /** Names this showing of the page. */
  readonly uuid: string;
  readonly people: readonly WeChatPerson[];
}

/** The QR code, and below it a button for each thing that a phone might do. */
export function buildQrPage({ request: { app, lang }, uuid, people }: QrPage): SandboxAnswer {
  const title = lang === 'en' ? 'WeChat Login' : '微信登录';
  const hint = lang === 'en' ? 'Scan QR code with WeChat' : '使用微信扫一扫登录';
  const confirms = people.map(
    (person) =>
      `<button type="button" data-person="${escapeHtml(person.id)}">Confirm as ${escapeHtml(printNickname(person))}</button>`,
  );
  return htmlAnswer(
    htmlPage(
      title,
      `<p role="alert" id="error" hidden>Parameter error</p>
<div id="login" data-uuid="${uuid}" hidden>
<h1>${title}</h1>
<div role="img" aria-label="QR code" style="width: 10rem; height: 10rem; border: 1px solid"></div>
<p>${hint}</p>
<p><strong>${escapeHtml(app.name)}</strong></p>
<h2>On the phone</h2>
${confirms.join('\n')}
<button type="button" data-refuse>Refuse</button>
<p role="status" id="status"></p>
</div>
<script>${qrPageScript}</script>`,
    ),
  );
}
