/** /skojarz-aplikacje: where a person types the device's code and says yes or no. */
import { readForm } from '../auth/read-form.ts';
import type { SandboxAnswer, SandboxRequest } from '../messages.ts';
import { buildConsentPage, buildDeviceCodePage, buildLoginPage, buildMessagePage } from './pages.ts';
import type { AllegroService } from './service.ts';

export const devicePagePath = '/skojarz-aplikacje';

export function answerDevicePage(service: AllegroService, request: SandboxRequest): SandboxAnswer {
  const isPost = request.method === 'POST';
  const fields = isPost ? readForm(request) : request.query;
  const code = fields.get('code') ?? '';
  const here = code === '' ? devicePagePath : `${devicePagePath}?${new URLSearchParams({ code })}`;
  const users = service.listSignedIn();
  if (users.length === 0) return buildLoginPage(here);
  const asked = service.devices.findWaiting(code);
  if (asked === undefined) return buildDeviceCodePage(devicePagePath, code !== '');
  if (isPost && fields.has('refuse')) {
    asked.decision = 'refused';
    return buildMessagePage('Refused', 'The app was not linked to your account.');
  }
  const user = isPost ? users.find(({ login }) => login === fields.get('allow')) : undefined;
  if (user !== undefined) {
    asked.decision = user;
    service.recordConsent(asked.app, user, asked.scope);
    return buildMessagePage(
      'Linked',
      `${asked.app.name} is linked to your account. You can close this page.`,
    );
  }
  return buildConsentPage({
    title: service.environment.title,
    app: asked.app.name,
    scope: asked.scope,
    users,
    action: devicePagePath,
    fields: [['code', code]],
    refusal: 'Refuse',
    here,
  });
}
