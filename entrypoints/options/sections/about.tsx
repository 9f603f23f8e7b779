import { useView } from '../../../lib/ui/view-context.ts';
import { Diagnostics } from './diagnostics.tsx';

export function AboutSection() {
  const { t, version } = useView();
  return (
    <>
      <div class="card prose">
        <h3>{t('about_version', { version })}</h3>
        <p>{t('extension_description')}</p>
        <p>{t('about_privacy')}</p>
        <p>{t('about_licence')}</p>
      </div>
      <Diagnostics />
    </>
  );
}
