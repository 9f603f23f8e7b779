import { globSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { waitReasons } from '../../../lib/actions/queued.ts';
import { namedStores } from '../../../entrypoints/options/sections/say-store.ts';
import { backupKinds } from '../../../lib/actions/backup.ts';
import { voteWarnings } from '../../../lib/actions/vote.ts';
import { errorCodes } from '../../../lib/errors.ts';
import { providers } from '../../../lib/providers/index.ts';

const folder = 'assets/static/_locales';
const languages = readdirSync(folder).sort();
type Messages = Readonly<Record<string, { readonly message: string }>>;

const read = (language: string): Messages =>
  JSON.parse(readFileSync(`${folder}/${language}/messages.json`, 'utf8')) as Messages;
const english = read('en');

/** Stems of the texts that depend on a number: those whose `_other` says so by its placeholder. */
const plurals = Object.keys(english)
  .filter((key) => key.endsWith('_other') && english[key]?.message.includes('{count}'))
  .map((key) => key.slice(0, -'_other'.length));
const category = /_(zero|one|two|few|many|other)$/;
/** The key without its plural form. */
const stem = (key: string) => {
  const base = key.replace(category, '');
  return plurals.includes(base) ? base : key;
};
const placeholders = (text: string) =>
  [...new Set([...text.matchAll(/\{\w+\}/g)].map(([name]) => name))].sort();

/** Keys that the code makes from a closed list, e.g. `error_${code}`. */
const families = [
  ...errorCodes.map((code) => `error_${code}`),
  ...voteWarnings.flatMap((name) => [`warning_${name}`, `page_${name}`]),
  ...waitReasons.map((reason) => `queued_${reason}`),
  ...['turn', 'answer', 'missed'].map((wait) => `waits_${wait}`),
  ...['ask', 'send', 'skip'].map((choice) => `missed_${choice}`),
  ...['done', 'failed', 'unknown', 'taken_back'].map((outcome) => `outcome_${outcome}`),
  ...['steem', 'hive'].map((chain) => `chain_${chain}`),
  ...providers.flatMap(({ lookups = [] }) =>
    lookups.flatMap(({ titleKey, params, columns }) => [
      titleKey,
      ...[...params, ...columns].map((part) => part.titleKey),
      ...params.flatMap(({ choices = [] }) => choices.map((choice) => choice.titleKey)),
    ]),
  ),
  ...namedStores.map((store) => `store_${store}`),
  ...['whole', 'locked', 'missing', 'replaced'].map((state) => `diagnostics_key_${state}`),
  ...['fresh', 'refreshing', 'locked', 'try_later', 'needs_sign_in', 'ends'].map(
    (state) => `diagnostics_state_${state}`,
  ),
  ...[0, 1, 2, 3, 4].map((score) => `lock_strength_${score}`),
  ...backupKinds.map((kind) => `backup_kind_${kind}`),
  ...['services', 'accounts', 'batch', 'people', 'activity', 'security', 'backup', 'about'].map(
    (id) => `section_${id}`,
  ),
];

const sources = globSync(['lib/**/*.{ts,tsx}', 'entrypoints/**/*.{ts,tsx}', 'wxt.config.ts']).map((file) =>
  readFileSync(file, 'utf8'),
);

it('covers the four languages', () => {
  expect(languages).toEqual(['en', 'pl', 'ru', 'zh_CN']);
});

it('has a sentence for every error and every warning', () => {
  const missing = families.filter((key) => !key.startsWith('page_') && english[key] === undefined);
  expect(missing).toEqual([]);
});

it('has no text that nobody asks for', () => {
  const unused = [...new Set(Object.keys(english).map(stem))].filter(
    (key) =>
      !families.includes(key) &&
      !sources.some((source) => source.includes(`'${key}'`) || source.includes(`__MSG_${key}__`)),
  );
  expect(unused).toEqual([]);
});

describe.each(languages)('%s', (language) => {
  const messages = read(language);
  const categories = new Intl.PluralRules(language.replace('_', '-')).resolvedOptions().pluralCategories;

  it('has the same texts as English', () => {
    const stems = (keys: Messages) => [...new Set(Object.keys(keys).map(stem))].sort();
    expect(stems(messages)).toEqual(stems(english));
  });

  it('has exactly the plural forms of its language', () => {
    for (const plural of plurals) {
      const forms = Object.keys(messages)
        .filter((key) => key !== stem(key) && stem(key) === plural)
        .map((key) => key.slice(plural.length + 1));
      expect(forms.sort(), plural).toEqual([...categories].sort());
    }
  });

  it('has the placeholders of English in every text', () => {
    for (const [key, { message }] of Object.entries(messages)) {
      const base = stem(key);
      const model = english[base === key ? key : `${base}_other`]?.message ?? '';
      expect(placeholders(message), key).toEqual(placeholders(model));
    }
  });

  it('has no empty text, and none that the browser would read as its own placeholder', () => {
    for (const [key, { message }] of Object.entries(messages)) {
      expect(message.trim(), key).toBe(message);
      expect(message, key).not.toBe('');
      expect(message, key).not.toContain('$');
    }
  });

  it('names itself by a tag that Intl knows', () => {
    expect(Intl.getCanonicalLocales(messages['language_tag']?.message)).toEqual([language.replace('_', '-')]);
  });
});

it('is not the English text in another language, names aside', () => {
  const names =
    /^(language_|lookup_column_(open|union)Id|service_wechat_app_|extension_name|badge_title|tab_tweet|chain_|percent|service_client_|service_api_key(_secret)?$|about_version|diagnostics_record$|vote_worth$)/;
  for (const language of languages.filter((other) => other !== 'en')) {
    const same = Object.entries(read(language)).filter(
      ([key, { message }]) => !names.test(key) && message === english[key]?.message,
    );
    expect(
      same.map(([key]) => key),
      language,
    ).toEqual([]);
  }
});
