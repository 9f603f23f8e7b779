/** The columns of the register as CSV, in the order of an export. */
export const peopleColumns = ['telephone', 'name', 'appid', 'openid', 'unionid', 'nickname'] as const;
