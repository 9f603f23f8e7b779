/**
 * Sentences for people, from the browser's own locale files (`assets/static/_locales`). Placeholders are named,
 * `{author}`. A text that depends on a number has one key for each plural category of its language
 * (`votes_one`, `votes_few`, `votes_many`, `votes_other`, after Unicode CLDR) and is asked for by its stem with `count`.
 */
import type messages from '../../assets/static/_locales/en/messages.json';
import type { Translate } from '../ports.ts';

type Stem<Key> = Key extends `${infer Text}_${'one' | 'few' | 'many' | 'other'}` ? Text | Key : Key;
/** Every key of the English file, and the stem of every plural. */
export type MessageKey = Stem<keyof typeof messages>;

/** {@link Translate} with its keys checked by the compiler. */
export type TypedTranslate = (key: MessageKey, params?: Readonly<Record<string, string | number>>) => string;

/**
 * @param getMessage gives the raw text of a key, or an empty text when there is none (`i18n.getMessage`).
 * @param language the browser's, a BCP 47 tag, e.g. `zh-CN`; for texts that do not name their own.
 */
export function createTranslate(getMessage: (key: string) => string, language: string): Translate {
  // The texts may be English because the person's language has none: then its plurals are wrong for them.
  const tag = getMessage('language_tag') || language;
  const rules = new Intl.PluralRules(tag);
  const numbers = new Intl.NumberFormat(tag);
  const find = (key: string, count: string | number | undefined) =>
    (typeof count === 'number' &&
      (getMessage(`${key}_${rules.select(count)}`) || getMessage(`${key}_other`))) ||
    getMessage(key) ||
    key;
  return (key, params = {}) =>
    find(key, params['count']).replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = Object.hasOwn(params, name) ? params[name] : undefined;
      if (value === undefined) return whole;
      return typeof value === 'number' ? numbers.format(value) : value;
    });
}
