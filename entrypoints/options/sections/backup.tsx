import { useLock } from '../../../lib/ui/use-lock.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { MakeBackup } from './make-backup.tsx';
import { RestoreBackup } from './restore-backup.tsx';

/** A backup out and in again. While Latchkey is locked nothing could be read, and the page asks for the passphrase above. */
export function BackupSection() {
  const { t } = useView();
  const lock = useLock();
  return (
    <>
      <p class="lead">{t('backup_lead')}</p>
      {lock?.state === 'locked' && <p class="notice">{t('backup_locked')}</p>}
      {lock !== undefined && lock.state !== 'locked' && (
        <>
          <MakeBackup />
          <RestoreBackup />
        </>
      )}
    </>
  );
}
