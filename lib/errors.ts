/**
 * The one error of the product. A code says what happened and picks the sentence a person reads
 * (`error_<code>` in the locale files); the message of the class is for logs and never compared.
 */

/** Every way in which something can end badly. A code without a sentence in each locale fails a test. */
export const errorCodes = [
  // the person's input
  'bad_input',
  'bad_account_name',
  'bad_address',
  'bad_address_not_https',
  'bad_app_id',
  'bad_callback_address',
  'bad_client_id',
  'bad_link',
  'bad_link_no_post',
  'bad_number',
  'bad_permlink',
  'bad_time_limit',
  'bad_telephone',
  'bad_tweet_link',
  'bad_user_name',
  'bad_weight',
  'empty',
  'out_of_range',
  'lookup_bad_address',
  'lookup_bad_name',
  'lookup_bad_placeholder',
  'lookup_bad_rows',
  'lookup_bad_value',
  'lookup_leaves_origin',
  'lookup_no_rows',
  'lookup_secret_rows',
  'wrong_chain',
  'schedule_in_the_past',
  'schedule_too_far',
  // what waited in the outbox
  'schedule_missed',
  'taken_back',
  // the message door
  'malformed_message',
  'not_allowed',
  'unknown_action',
  // sign-in
  'answer_not_ours',
  'app_not_authorised',
  'app_settings',
  'callback_not_approved',
  'client_refused',
  'cancelled',
  'device_code_expired',
  'device_code_used',
  'device_needs_secret',
  'device_refused',
  'id_token_encrypted',
  'id_token_refused',
  'id_token_symmetric',
  'interrupted',
  'issuer_differs',
  'issuer_endpoint_elsewhere',
  'issuer_not_found',
  'issuer_without_pkce',
  'needs_sign_in',
  'needs_set_up',
  'no_account',
  'no_userinfo',
  'page_not_loaded',
  'password_changed',
  'permission_missing',
  'request_token_missing',
  'scope_missing',
  'sign_in_by_code',
  'sign_in_refused',
  'service_changed',
  'sign_in_running',
  'sign_in_timed_out',
  'snapshot_user',
  'unknown_account',
  'verifier_missing',
  'wrong_person',
  // the network and the services
  'answer_too_large',
  'bad_answer',
  'change_unknown',
  'lookup_redirected',
  'lookup_stopped',
  'network',
  'service_busy',
  'service_error',
  'timeout',
  'too_many_requests',
  // the chain's answers to a vote
  'account_not_found',
  'downvote_needs_confirmation',
  'downvote_power_empty',
  'post_not_found',
  'resource_credits_empty',
  'transaction_expired',
  'vote_after_payout',
  'vote_changes_used_up',
  'vote_declined',
  'vote_identical',
  'vote_last_hours',
  'vote_not_allowed',
  'vote_nothing_to_remove',
  'vote_payout_running',
  'vote_power_empty',
  'vote_refused',
  'vote_too_soon',
  'vote_too_weak',
  'vote_unknown',
  // X's answers
  'tweet_bad_character',
  'tweet_duplicate',
  'tweet_looks_automated',
  'tweet_not_found',
  'tweet_probably_posted',
  'tweet_too_long',
  'tweet_unknown',
  'user_not_found',
  'x_access_level',
  'x_account_locked',
  'x_account_suspended',
  'x_app_not_enrolled',
  'x_app_read_only',
  'x_app_suspended',
  'x_clock',
  'x_credits_depleted',
  'x_daily_limit',
  'x_protected',
  'x_refused',
  'x_reply_not_allowed',
  'x_wrong_app_type',
  'x_wrong_keys',
  // Allegro's answers
  'allegro_bad_seller',
  'allegro_blocked',
  'allegro_code_late',
  'allegro_cors',
  'allegro_empty_answer',
  'allegro_not_found',
  'allegro_refused',
  'allegro_unauthorized',
  'allegro_wrong_app_type',
  // WeChat's answers
  'wechat_app_banned',
  'wechat_app_id',
  'wechat_app_secret',
  'wechat_code_expired',
  'wechat_code_used',
  'wechat_daily_limit',
  'wechat_declined',
  'wechat_ip_not_listed',
  'wechat_must_follow',
  'wechat_not_allowed',
  'wechat_page_closed',
  'wechat_refused',
  'wechat_restricted',
  'wechat_unknown_person',
  // a user pool's answers
  'already_taken',
  'app_not_found',
  'authing_refused',
  'bad_email',
  'bad_phone',
  'bad_public_key',
  'captcha_needed',
  'no_password',
  'no_permission',
  'nothing_to_change',
  'password_key_refused',
  'password_needed',
  'password_too_long',
  'password_too_short',
  'person_locked',
  'person_not_found',
  'second_factor_needed',
  'sign_up_closed',
  'user_pool_refused',
  'wrong_password',
  // a list of posts to vote on
  'batch_duplicate',
  'batch_too_long',
  // the register of people
  'csv_broken',
  'csv_columns',
  'csv_rows_incomplete',
  'csv_rows_taken',
  'csv_rows_telephone',
  'csv_rows_uneven',
  'openid_bound',
  'person_bound',
  'telephone_taken',
  'unknown_person',
  // the vault
  'storage_full',
  'tokens_unsaved',
  'vault_secret_lost',
  'vault_blocked',
  'vault_broken',
  'vault_busy',
  'vault_key_missing',
  'vault_locked',
  'vault_newer',
  'vault_record_broken',
  'passphrase_too_short',
  'passphrase_wait',
  'wrong_passphrase',
  // backups
  'backup_damaged',
  'backup_newer',
  'backup_not_ours',
  'backup_open_again',
  'backup_overfull',
  'backup_too_large',
  'restored_without_sign_in',
  // our own fault
  'internal',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

export interface AppErrorOptions {
  /** Values for the sentence's `{placeholders}`. Never a token or a secret. */
  readonly params?: Readonly<Record<string, string | number>>;
  /** The input field the sentence belongs to, as named in the action's input schema. */
  readonly field?: string;
  /** The service's own words, shown behind "Details". Callers redact it before it gets here. */
  readonly details?: string;
  /** Earliest sensible next try, in milliseconds from now, as told by the service (Retry-After). */
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, string | number>>;
  readonly field: string | undefined;
  readonly details: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    // A cause may carry a Response or a request body: the language keeps it where a debugger finds it and no serializer does.
    super(code, { cause: options.cause });
    this.code = code;
    this.params = options.params ?? {};
    this.field = options.field;
    this.details = options.details;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** Makes an AppError of whatever was thrown; what is not ours becomes `internal` with the cause kept. */
export function toAppError(thrown: unknown): AppError {
  return thrown instanceof AppError ? thrown : new AppError('internal', { cause: thrown });
}

/** Codes that pass by themselves: the token and the person's input are still good. */
const passing: ReadonlySet<ErrorCode> = new Set([
  'network',
  'timeout',
  'service_busy',
  'too_many_requests',
  'answer_too_large',
  'bad_answer',
  'service_error',
  'allegro_blocked',
  'allegro_cors',
  'allegro_empty_answer',
  'wechat_daily_limit',
]);

/** True where the same call may succeed later without the person doing anything. */
export function isTryLater(error: AppError): boolean {
  return passing.has(error.code);
}
