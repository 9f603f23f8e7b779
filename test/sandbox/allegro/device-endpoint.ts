/** /auth/oauth/device: the beginning of the device flow, for keys of the device type. */
import type { SandboxAnswer, SandboxRequest } from '../messages.ts';
import { jsonAnswer } from '../messages.ts';
import { buildBlockRedirect } from './borders.ts';
import { authenticateBasic } from './client-authentication.ts';
import { devicePagePath } from './device-page.ts';
import { findField, readProgramForm } from './program-form.ts';
import { oauthRefusal } from './refusal.ts';
import { cutScope } from './scopes.ts';
import type { AllegroService } from './service.ts';

/** The parameters may come in the query here, as in Allegro's own example, or in the form. */
export function answerDevice(service: AllegroService, request: SandboxRequest): SandboxAnswer {
  if (request.method !== 'POST') return buildBlockRedirect(service);
  const fields = new URLSearchParams([...request.query, ...readProgramForm(request)]);
  const clientId = findField(fields, 'client_id');
  const app = authenticateBasic(service, request, clientId);
  if (clientId === null) throw oauthRefusal('invalid_request', 'OAuth 2.0 Parameter: client_id');
  if (app.type !== 'device') throw oauthRefusal('unauthorized_client', 'OAuth 2.0 Parameter: client_id');
  const { deviceIntervalSeconds: interval, deviceCodeSeconds: seconds } = service;
  const scope = cutScope(app.scopes, findField(fields, 'scope'));
  const { deviceCode, userCode } = service.devices.add({ app, scope, interval }, seconds);
  const page = `https://${service.environment.webHost}${devicePagePath}`;
  const write = (value: number): string | number =>
    service.writesDeviceNumbersAsText ? String(value) : value;
  return jsonAnswer({
    user_code: userCode,
    device_code: deviceCode,
    expires_in: write(seconds),
    interval: write(interval),
    verification_uri: page,
    verification_uri_complete: `${page}?code=${userCode}`,
  });
}
