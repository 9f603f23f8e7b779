import type { AccountView } from '../actions/accounts.ts';
import { ExternalLink } from './external-link.tsx';
import { useView } from './view-context.ts';

interface Props {
  readonly account: AccountView;
  /** There was no token to take back. */
  readonly wasEmpty?: true | undefined;
  readonly revoked: boolean;
  readonly revokePage?: string | undefined;
}

/** What signing out did, and where the person takes the app's right away when the service does not. */
export function SignOutResult({ account, wasEmpty, revoked, revokePage }: Props) {
  const { t } = useView();
  const { name, service } = account;
  if (wasEmpty) return <p>{t('signed_out_nothing', { name })}</p>;
  if (revoked || revokePage === undefined) {
    return <p>{revoked ? t('signed_out_revoked', { name, service }) : t('signed_out', { name })}</p>;
  }
  return (
    <>
      <p>{t('signed_out', { name })}</p>
      <p>
        {t('revoke_yourself', { service })}{' '}
        <ExternalLink href={revokePage}>{t('revoke_page', { host: new URL(revokePage).host })}</ExternalLink>
      </p>
    </>
  );
}
