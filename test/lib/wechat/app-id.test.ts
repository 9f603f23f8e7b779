import { expect, it } from 'vitest';
import { assertAppId } from '../../../lib/wechat/app-id.ts';

it('takes wx and 16 hexadecimal digits, and nothing else', () => {
  expect(() => assertAppId('wx4f1c0a9be27d5836')).not.toThrow();
  for (const text of ['4f1c0a9be27d5836', 'wx4f1c', 'WX4F1C0A9BE27D5836', 'wx4f1c0a9be27d58361'])
    expect(() => assertAppId(text), text).toThrow(
      expect.objectContaining({ code: 'bad_app_id', field: 'clientId' }),
    );
});
