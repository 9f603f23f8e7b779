import { useView } from '../../../lib/ui/view-context.ts';

interface Props {
  readonly isBusy: boolean;
  readonly onLater: () => void;
}

/** The quiet way to send at another time. */
export function LaterButton({ isBusy, onLater }: Props) {
  const { t } = useView();
  return (
    <button type="button" class="quiet" disabled={isBusy} onClick={onLater}>
      {t('later')}
    </button>
  );
}
