import { Icon } from '../../../lib/ui/icon.tsx';
import { useView } from '../../../lib/ui/view-context.ts';

/** Look-ups come with the services that offer them; none of the connected ones does. */
export function LookUpView() {
  const { t } = useView();
  return (
    <div class="view empty">
      <Icon name="lookup" />
      <h2>{t('look_up_empty_title')}</h2>
      <p>{t('look_up_empty')}</p>
    </div>
  );
}
