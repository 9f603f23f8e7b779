/** What can be asked of WeChat about the person who signed in; it tells of nobody else. */
import { readPerson } from '../../wechat/api.ts';
import type { Lookup } from '../lookup.ts';

/** Names of languages are the same in all languages. */
const languages = [
  { value: 'zh_CN', titleKey: 'language_zh_cn' },
  { value: 'zh_TW', titleKey: 'language_zh_tw' },
  { value: 'en', titleKey: 'language_en' },
] as const;

const me: Lookup = {
  id: 'me',
  titleKey: 'lookup_wechat_me',
  params: [
    {
      id: 'lang',
      titleKey: 'lookup_param_lang',
      kind: 'choice',
      isRequired: true,
      initial: 'zh_CN',
      choices: languages,
    },
  ],
  columns: [
    { id: 'nickname', titleKey: 'lookup_column_nickname', kind: 'text' },
    { id: 'openId', titleKey: 'lookup_column_openId', kind: 'text' },
    { id: 'unionId', titleKey: 'lookup_column_unionId', kind: 'text' },
    { id: 'avatar', titleKey: 'lookup_column_avatar', kind: 'link' },
    { id: 'privilege', titleKey: 'lookup_column_privilege', kind: 'text' },
  ],
  async run(call, { bases, params }) {
    const lang = languages.find(({ value }) => value === params['lang'])?.value ?? 'zh_CN';
    const person = readPerson(await call(new Request(`${bases.api}/sns/userinfo?lang=${lang}`)));
    const { nickname, openId, unionId, avatar, privilege } = person;
    return {
      rows: [
        {
          nickname,
          openId,
          unionId,
          avatar: avatar === '' ? undefined : avatar,
          privilege: privilege.join(', '),
        },
      ],
    };
  },
};

/** A token that WeChat does not take is renewed once on the way, like for every call. */
const check: Lookup = {
  id: 'check',
  titleKey: 'lookup_wechat_check',
  params: [],
  columns: [
    { id: 'openId', titleKey: 'lookup_column_openId', kind: 'text' },
    { id: 'answer', titleKey: 'lookup_column_answer', kind: 'text' },
    { id: 'checkedAt', titleKey: 'lookup_column_checkedAt', kind: 'time' },
  ],
  async run(call, { bases, subject, now }) {
    await call(new Request(`${bases.api}/sns/auth`));
    return { rows: [{ openId: subject, answer: 'ok', checkedAt: now }] };
  },
};

export const wechatLookups: readonly Lookup[] = [me, check];
