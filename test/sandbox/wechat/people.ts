/** Who uses WeChat. */
import { createHash } from 'node:crypto';
import type { WeChatApp } from './apps.ts';

export interface WeChatPersonOptions {
  /** What tests call the person; never leaves the sandbox. */
  readonly id: string;
  /** May hold control characters and half an emoji, as real ones do. */
  readonly nickname: string;
  /** Given only to apps that are bound to an Open Platform account. */
  readonly unionId?: string;
  /** https address whose last part is the size; empty when left out. */
  readonly headImageUrl?: string;
  readonly privilege?: readonly string[];
  /** A visitor of the snapshot page: everything about the person is virtual. */
  readonly isSnapshotUser?: boolean;
}

export interface WeChatPerson {
  readonly id: string;
  readonly nickname: string;
  readonly unionId: string | undefined;
  readonly headImageUrl: string;
  readonly privilege: readonly string[];
  isSnapshotUser: boolean;
}

export function buildWeChatPerson(options: WeChatPersonOptions): WeChatPerson {
  return {
    id: options.id,
    nickname: options.nickname,
    unionId: options.unionId,
    headImageUrl: options.headImageUrl ?? '',
    privilege: options.privilege ?? [],
    isSnapshotUser: options.isSnapshotUser ?? false,
  };
}

/** 28 characters beginning with `o`; another one for each app. */
export function buildOpenId(app: Pick<WeChatApp, 'appId'>, person: Pick<WeChatPerson, 'id'>): string {
  const digest = createHash('sha256').update(`${app.appId} ${person.id}`).digest('base64url');
  return `o${digest.slice(0, 27)}`;
}

/** The nickname as the QR page can print it. */
export function printNickname({ nickname }: Pick<WeChatPerson, 'nickname'>): string {
  return nickname.replace(/[\p{Cc}\p{Surrogate}]/gu, '').trim();
}
