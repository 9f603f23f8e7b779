/** WeChat's JSON comes as text/plain, with raw control characters and half emojis inside texts. */

/** Reads JSON whose texts hold raw control characters, which `JSON.parse` refuses. Throws what can't be read. */
export function parseWeChatJson(text: string): unknown {
  // Between the values any of them is white space too, so a space does for all.
  // eslint-disable-next-line no-control-regex -- they are what this is about
  return JSON.parse(text.replace(/[\u0000-\u001f]/g, ' '));
}

/** A nickname as people can read it: no control characters, no halves of characters, no double spaces. */
export function cleanNickname(nickname: string): string {
  return nickname
    .replace(/[\p{Cc}\p{Surrogate}\ufffd]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
