import { useView } from '../../../lib/ui/view-context.ts';

/** There is no backup, and the person should know before they need one. */
export function BackupSection() {
  const { t } = useView();
  return (
    <div class="card prose">
      <h3>{t('backup_none_title')}</h3>
      <p>{t('backup_none')}</p>
      <p>{t('backup_instead')}</p>
    </div>
  );
}
