/** The Steem and Hive web pages, by host name. */
import type { PageHandler } from '../index.ts';

export const pageHandlers: Readonly<Record<string, PageHandler>> = {};
