import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { AccountView } from '../actions/accounts.ts';
import { Confirm } from './confirm.tsx';
import type { TypedTranslate } from '../locale/translate.ts';
import { formatDay, formatMoment } from './format.ts';
import { useView } from './view-context.ts';

type FreshHealth = Extract<AccountView['health'], { state: 'fresh' }>;

interface Props {
  readonly account: AccountView;
  /** Something is under way: one thing at a time. */
  readonly isBusy: boolean;
  /** The person is asked whether they really want to sign out. */
  readonly isLeaving: boolean;
  /** There is another account for the same. */
  readonly isChoice: boolean;
  /** What a view has to add. */
  readonly more: ComponentChildren;
  readonly onLeave: (isLeaving: boolean) => void;
  readonly onSignOut: () => void;
  readonly onRefresh: () => void;
  readonly onSignIn: () => void;
  readonly onMakeDefault: () => void;
}

export function AccountRow(props: Props) {
  const { account, isBusy, isLeaving, isChoice } = props;
  const { t } = useView();
  const id = useId();
  const isDefault = account.defaultFor.includes(account.actsFor);
  const button = (text: string, onClick: () => void, kind?: string) => (
    <button type="button" class={kind} disabled={isBusy} aria-describedby={id} onClick={onClick}>
      {text}
    </button>
  );
  return (
    <li class="card" aria-labelledby={id}>
      <div class="card-head">
        <p class="name" id={id}>
          {account.name} <small>{account.service}</small>
        </p>
        {isDefault && isChoice && <span class="chip">{t('account_is_default')}</span>}
      </div>
      <Health account={account} />
      {props.more}
      {isLeaving ? (
        <Confirm
          question={t('sign_out_question', { name: account.name })}
          onConfirm={props.onSignOut}
          onCancel={() => props.onLeave(false)}
        />
      ) : (
        <div class="buttons">
          {account.health.state === 'needs_sign_in' && button(t('sign_in_again'), props.onSignIn, 'primary')}
          {/* Where a token can't renew itself, this opens the sign-in window when the person is needed. */}
          {['fresh', 'try_later', 'ends'].includes(account.health.state) &&
            button(t('refresh_now'), props.onRefresh)}
          {button(t('sign_out'), () => props.onLeave(true))}
          {isChoice && !isDefault && button(t('account_make_default'), props.onMakeDefault, 'link')}
        </div>
      )}
    </li>
  );
}

function sayFresh({ until, signInBy }: FreshHealth, t: TypedTranslate): string {
  if (until === undefined) return t('health_lasting');
  const time = formatMoment(t('language_tag'), until);
  if (signInBy === undefined) return t('health_fresh', { time });
  return t('health_fresh_sign_in_by', { time, day: formatDay(t('language_tag'), signInBy) });
}

function Health({ account: { health } }: { readonly account: AccountView }) {
  const { t } = useView();
  const moment = (time: number) => formatMoment(t('language_tag'), time);
  switch (health.state) {
    case 'fresh':
      return <p class="health good">{sayFresh(health, t)}</p>;
    case 'refreshing':
      return <p class="health">{t('health_refreshing')}</p>;
    case 'locked':
      return <p class="health late">{t('health_locked')}</p>;
    case 'try_later':
      return (
        <p class="health late">
          {t('health_try_later', { time: moment(health.at) })} <span>{health.message}</span>
        </p>
      );
    case 'needs_sign_in':
      return (
        <p class="health bad">
          {/* A reason that many accounts share is told once, above them. */}
          {t('health_needs_sign_in')} {!health.isKeyMissing && <span>{health.message}</span>}
        </p>
      );
    case 'ends':
      return <p class="health late">{t('health_ends', { time: moment(health.until) })}</p>;
  }
}
