import { describe, expect, it } from 'vitest';
import { isTryLater } from '../../../lib/errors.ts';
import { findWeChatRefusal } from '../../../lib/wechat/read-error.ts';
import { errorTexts } from '../../sandbox/wechat/error-codes.ts';

const planted = 'PLANTED-TOKEN-0123456789';
const rid = 'rid: 6500351b-1a2b3c4d-5e6f7a8b';
const refuse = (errcode: number | string) => ({ errcode, errmsg: `invalid ${planted}, ${rid}` });

/** Every row of the documents' table. */
describe('errcode', () => {
  it.each([
    [-1, 'service_busy'],
    [-1000, 'service_busy'],
    [40001, 'needs_sign_in'],
    [40002, 'wechat_refused'],
    [40003, 'wechat_unknown_person'],
    [40013, 'wechat_app_id'],
    [40014, 'needs_sign_in'],
    [40029, 'wechat_code_expired'],
    [40030, 'needs_sign_in'],
    [40125, 'wechat_app_secret'],
    [40163, 'wechat_code_used'],
    [40164, 'wechat_ip_not_listed'],
    [41001, 'wechat_refused'],
    [41002, 'wechat_app_id'],
    [41003, 'wechat_refused'],
    [41004, 'wechat_app_secret'],
    [41008, 'wechat_code_expired'],
    [41009, 'wechat_unknown_person'],
    [42001, 'needs_sign_in'],
    [42002, 'needs_sign_in'],
    [42003, 'wechat_code_expired'],
    [42007, 'password_changed'],
    [43001, 'wechat_refused'],
    [43003, 'wechat_refused'],
    [43004, 'wechat_must_follow'],
    [45009, 'wechat_daily_limit'],
    [45011, 'too_many_requests'],
    [48001, 'wechat_not_allowed'],
    [48004, 'wechat_app_banned'],
    [50001, 'needs_sign_in'],
    [50002, 'wechat_restricted'],
    [50005, 'wechat_must_follow'],
    [61000, 'wechat_refused'],
  ])('%i means %s, as number and as text', (number, code) => {
    for (const errcode of [number, String(number)]) {
      const error = findWeChatRefusal(refuse(errcode));
      expect(error).toMatchObject({ code, details: `errcode ${number}, ${rid}` });
      // The service's text may repeat what was sent.
      expect(JSON.stringify(error)).not.toContain(planted);
    }
  });

  it('is told for every one that the sandbox knows', () => {
    for (const number of Object.keys(errorTexts)) expect(findWeChatRefusal(refuse(number))).toBeDefined();
  });

  it('40001 is the secret where a code is exchanged', () => {
    expect(findWeChatRefusal(refuse(40001), 'exchange')).toMatchObject({
      code: 'wechat_app_secret',
      field: 'clientSecret',
    });
  });

  it('is no refusal when it is 0 or missing', () => {
    for (const body of [{ errcode: 0, errmsg: 'ok' }, { errcode: '0' }, { openid: 'o' }, null, 'text'])
      expect(findWeChatRefusal(body)).toBeUndefined();
  });

  it('of a limit passes by itself', () => {
    for (const number of [-1, 45009, 45011]) {
      const error = findWeChatRefusal(refuse(number));
      expect(error !== undefined && isTryLater(error), String(number)).toBe(true);
    }
  });
});
