import { describe, expect, it } from 'vitest';
import { parseCallbackAddress } from '../../../lib/wechat/callback-address.ts';

describe('the callback address', () => {
  it.each([
    ['https://login.bees.example/wechat', 'https://login.bees.example/wechat'],
    ['https://Login.Bees.example', 'https://login.bees.example/'],
    ['https://bees.example/in?app=1', 'https://bees.example/in?app=1'],
  ])('%s is taken', (text, address) => {
    expect(parseCallbackAddress(text)).toBe(address);
  });

  it.each([
    ['login.bees.example', 'bad_callback_address'],
    ['https://bees.example/#/wechat', 'bad_callback_address'],
    ['https://bees.example/#', 'bad_callback_address'],
    ['https://bees.example:8443/wechat', 'bad_callback_address'],
    ['https://a:b@bees.example/', 'bad_callback_address'],
    ['https://localhost/wechat', 'bad_callback_address'],
    ['chrome-extension://abc/page.html', 'bad_callback_address'],
    ['http://bees.example/wechat', 'bad_address_not_https'],
  ])('%s is refused at its field', (text, code) => {
    expect(() => parseCallbackAddress(text)).toThrow(expect.objectContaining({ code, field: 'callback' }));
  });
});
