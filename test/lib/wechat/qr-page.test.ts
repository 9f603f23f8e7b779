import { describe, expect, it } from 'vitest';
import { buildQrPageUrl, readWayBack } from '../../../lib/wechat/qr-page.ts';

const callback = 'https://login.bees.example/wechat/callback?app=1';
const state = '0123abcDEF';

it('writes the address in the order, case and encoding of the documents', () => {
  expect(buildQrPageUrl('https://open.weixin.qq.com', { appId: 'wx4f1c0a9be27d5836', callback, state })).toBe(
    'https://open.weixin.qq.com/connect/qrconnect?appid=wx4f1c0a9be27d5836' +
      '&redirect_uri=https%3A%2F%2Flogin.bees.example%2Fwechat%2Fcallback%3Fapp%3D1' +
      '&response_type=code&scope=snsapi_login&state=0123abcDEF#wechat_redirect',
  );
});

describe('the way back', () => {
  const read = (query: string, address = callback) => readWayBack(`${address}${query}`, { callback, state });

  it('brings the code', () => {
    expect(read(`&code=0a1b&state=${state}`)).toBe('0a1b');
  });

  it.each([`&state=${state}`, `&code=&state=${state}`, `&code=authdeny&state=${state}`])(
    '%s is a refusal on the phone',
    (query) => {
      expect(() => read(query)).toThrow(expect.objectContaining({ code: 'wechat_declined' }));
    },
  );

  it.each([
    '&code=0a1b',
    '&code=0a1b&state=forged',
    `&code=0a1b&code=0c&state=${state}`,
    `&code=0a1b&state=${state}&state=${state}`,
  ])('%s is not ours', (query) => {
    expect(() => read(query)).toThrow(expect.objectContaining({ code: 'answer_not_ours' }));
  });

  it('on another path or host is not ours', () => {
    for (const address of ['https://login.bees.example/other?app=1', 'https://evil.example/wechat/callback?'])
      expect(() => read(`&code=0a1b&state=${state}`, address)).toThrow(
        expect.objectContaining({ code: 'answer_not_ours' }),
      );
  });
});
