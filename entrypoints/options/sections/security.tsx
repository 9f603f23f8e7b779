import { Passphrase } from './passphrase.tsx';
import { useView } from '../../../lib/ui/view-context.ts';

/** How tokens are kept, and what that does not protect against. */
export function SecuritySection() {
  const { t } = useView();
  return (
    <>
      <Passphrase />
      <div class="card prose">
        <h3>{t('security_kept_title')}</h3>
        <p>{t('security_kept')}</p>
        <h3>{t('security_goes_title')}</h3>
        <p>{t('security_goes')}</p>
        <h3>{t('security_limits_title')}</h3>
        <p>{t('security_limits')}</p>
      </div>
    </>
  );
}
