/** Codes of the user API with what they say, English and Chinese. */

export const errorTexts = {
  1000: ['System busy, please try again later', '系统繁忙，请稍后再试'],
  1001: ['No permission', '无权限执行此项操作'],
  1635: ['Second factor required', '请进行二次认证'],
  2000: ['Account abnormal, verification code required', '账号异常，需要输入验证码'],
  2001: ['Wrong verification code', '验证码验证失败（验证码错误）'],
  2003: ['The email format is incorrect', '注册或登录时邮箱格式不正确'],
  2004: ['User does not exist', '用户不存在'],
  2005: ['User has been locked', '用户已被锁定'],
  2006: ['Incorrect password', '密码不正确'],
  2011: ['App does not exist', '应用不存在'],
  2014: ['Wrong input format when searching users', '搜索用户时输入格式错误'],
  2015: ['Illegal search type when searching users', '搜索用户时搜索类型非法'],
  2016: ['Failed to decrypt the client password', '解密客户端密码出错'],
  2018: ['The user has no permission to modify this', '用户无权限修改此项内容'],
  2020: ['Not logged in, no access', '尚未登录，无权限访问此请求'],
  2026: ['User already exists', '用户已存在，请不要重复注册'],
  2027: ['Registered by social login, no password set', 'OAuth 注册，但尝试用密码登录'],
  2028: ['Please provide a correct phone number or email', '请提供正确的手机号或邮箱'],
  2029: ['The password must not be shorter than 6', '密码长度不能少于 6 位'],
  2031: ['Registration is disabled', '应用已禁止注册用户'],
  2034: ['User name already taken', '用户名已存在'],
  2035: ['Phone number already bound', '手机号已绑定'],
  2101: ['App ID is required', '请提供应用 ID'],
  2200: ['The mailbox has been bound', '该邮箱已被绑定'],
  2201: ['Please enter the original password', '请输入原始密码'],
  2202: ['The information is not of the current user', '修改的信息不属于当前用户'],
  2203: ['The original password is wrong', '原始密码错误'],
  2204: ['The mailbox format is incorrect', '邮箱格式不正确'],
  2206: ['Login expired, please log in again', '登录信息已过期, 需重新登录'],
  2207: ['Login information is wrong, please log in again', '登录信息有误, 需重新登录'],
  2224: ['The user pool does not exist', '用户池不存在'],
  2225: ['updateUser cannot change the email, use updateEmail', 'updateUser 接口不能直接修改邮箱'],
  2226: ['updateUser cannot change the phone, use updatePhone', 'updateUser 接口不能直接修改手机号'],
  2231: ['Incomplete parameters', '请求参数不全'],
} as const satisfies Record<number, readonly [english: string, chinese: string]>;

export type ErrorCode = keyof typeof errorTexts;

/** What the API refuses a call with. */
export class Refusal extends Error {
  readonly code: ErrorCode;
  /** Goes out with the code, such as the token for a second factor. */
  readonly data: unknown;

  constructor(code: ErrorCode, data: unknown = null) {
    super(errorTexts[code][0]);
    this.code = code;
    this.data = data;
  }
}

export type Language = 'en-US' | 'zh-CN';

export function textOf(code: ErrorCode, language: Language): string {
  return errorTexts[code][language === 'en-US' ? 0 : 1];
}
