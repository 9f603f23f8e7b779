/** Two names for one product: other hosts, other names of headers. */

export interface Brand {
  /** In arns. */
  readonly name: string;
  /** Of one person's own pool: `identifier.authing.cn`. */
  readonly appHost: string;
  /** Of everybody, without an application. */
  readonly coreHost: string;
  /** Before `-userpool-id`, `-app-id` and so on. */
  readonly headerPrefix: string;
}

export const authing: Brand = {
  name: 'authing',
  appHost: 'bees.authing.cn',
  coreHost: 'core.authing.cn',
  headerPrefix: 'x-authing',
};

export const approw: Brand = {
  name: 'approw',
  appHost: 'bees.approw.example',
  coreHost: 'core.approw.example',
  headerPrefix: 'x-approw',
};
