import { expect, it } from 'vitest';
import { cleanNickname, parseWeChatJson } from '../../../lib/wechat/parse.ts';

it('reads texts with raw control characters, which JSON.parse refuses', () => {
  const text = '{\n\t"nickname": "\u0007Wang\u0000\nLi\u001f"}';
  expect(() => JSON.parse(text) as unknown).toThrow();
  expect(parseWeChatJson(text)).toEqual({ nickname: ' Wang  Li ' });
});

it('throws what is no JSON', () => {
  expect(() => parseWeChatJson('<html>')).toThrow();
});

it('leaves of a nickname what people can read', () => {
  expect(cleanNickname(' Wang  👩‍🌾"\\ \ud83d')).toBe('Wang 👩‍🌾"\\');
  expect(cleanNickname('\u0007\ufffd')).toBe('');
});
