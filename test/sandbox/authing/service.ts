/** Authing, or the same product under another brand: an application's host and the core API. */
import type { SandboxClock } from '../clock.ts';
import type { SandboxRequest, SandboxResponse } from '../messages.ts';
import { textAnswer } from '../messages.ts';
import { interactionPath } from '../oidc/interaction.ts';
import { OidcService } from '../oidc/service.ts';
import { buildAuthingSettings } from '../oidc/settings.ts';
import type { Brand } from './brand.ts';

export class AuthingService {
  readonly brand: Brand;
  readonly hosts: readonly string[];
  /** Sign-in by OpenID Connect, below the application's host. */
  readonly oidc: OidcService;

  constructor(brand: Brand, clock: SandboxClock) {
    this.brand = brand;
    this.hosts = [brand.appHost, brand.coreHost];
    this.oidc = new OidcService(buildAuthingSettings(brand.appHost), clock);
  }

  /** Answers a request to one of `hosts`. */
  async answer(request: SandboxRequest): Promise<SandboxResponse> {
    const { host, path } = request;
    const isOidc = path.startsWith('/oidc/') || path.startsWith(interactionPath);
    if (host === this.brand.appHost && isOidc) return this.oidc.answer(request);
    return textAnswer('Not found', 404);
  }
}
