import { useLock } from '../../../lib/ui/use-lock.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { LockAfter } from './lock-after.tsx';
import { PassphraseForm } from './passphrase-form.tsx';

/** The passphrase around the vault: there is none, or it can be changed, taken away, and asked for sooner. */
export function Passphrase() {
  const { t, invoke } = useView();
  const lock = useLock();
  // While it is locked the page asks for the passphrase above.
  if (lock === undefined || lock.state === 'locked') return null;
  const isSet = lock.state === 'unlocked';
  return (
    <section class="card" aria-labelledby="passphrase-title">
      <h3 id="passphrase-title">{t('lock_title')}</h3>
      <p>{t(isSet ? 'lock_is_set' : 'lock_none')}</p>
      {!isSet && <p class="hint">{t('lock_none_hint')}</p>}
      {isSet && (
        <div class="buttons">
          <button type="button" onClick={() => void invoke('lock.now', {})}>
            {t('lock_now')}
          </button>
        </div>
      )}
      {isSet && <LockAfter minutes={lock.minutes} />}
      <PassphraseForm isSet={isSet} />
    </section>
  );
}
