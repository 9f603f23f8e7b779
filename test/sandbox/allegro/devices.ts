/** Device codes: what a person types at the site, and what the app asks again and again meanwhile. */
import { randomBytes, randomInt } from 'node:crypto';
import type { SandboxClock } from '../clock.ts';
import type { AllegroApp } from './app-registry.ts';
import type { AllegroUser } from './people.ts';

export interface DeviceRequest {
  readonly app: AllegroApp;
  readonly scope: readonly string[];
  readonly deviceCode: string;
  readonly userCode: string;
  /** UTC ms. */
  readonly endsAt: number;
  /** s; grows with each poll that came too early. */
  interval: number;
  /** UTC ms. */
  polledAt: number | undefined;
  /** The person's answer. */
  decision: AllegroUser | 'refused' | undefined;
}

const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
/** Timers of browsers fire up to some milliseconds early. */
const toleranceMs = 50;

export class Devices {
  readonly #clock: SandboxClock;
  #requests: DeviceRequest[] = [];

  constructor(clock: SandboxClock) {
    this.#clock = clock;
  }

  add(asked: Pick<DeviceRequest, 'app' | 'scope' | 'interval'>, lifetimeSeconds: number): DeviceRequest {
    const request: DeviceRequest = {
      ...asked,
      deviceCode: randomBytes(24).toString('base64url'),
      userCode: Array.from({ length: 9 }, () => alphabet[randomInt(alphabet.length)]).join(''),
      endsAt: this.#clock.now() + lifetimeSeconds * 1000,
      polledAt: undefined,
      decision: undefined,
    };
    this.#requests.push(request);
    return request;
  }

  findByDeviceCode(deviceCode: string): DeviceRequest | undefined {
    return this.#requests.find((request) => request.deviceCode === deviceCode);
  }

  /** One that still waits for the person. Case and blanks do not matter. */
  findWaiting(userCode: string): DeviceRequest | undefined {
    const wanted = userCode.replace(/\s/g, '').toLowerCase();
    return this.#requests.find(
      (request) => request.userCode === wanted && request.decision === undefined && !this.isExpired(request),
    );
  }

  isExpired({ endsAt }: DeviceRequest): boolean {
    return endsAt <= this.#clock.now();
  }

  /** True when the poll came before its time, which lengthens the interval by five seconds (RFC 8628, 3.5). */
  countPoll(request: DeviceRequest): boolean {
    const now = this.#clock.now();
    const isEarly =
      request.polledAt !== undefined && now < request.polledAt + request.interval * 1000 - toleranceMs;
    request.polledAt = now;
    if (isEarly) request.interval += 5;
    return isEarly;
  }

  remove(request: DeviceRequest): void {
    this.#requests = this.#requests.filter((other) => other !== request);
  }
}
