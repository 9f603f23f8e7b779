import { useEffect, useRef } from 'preact/hooks';
import { useView } from './view-context.ts';

interface Props {
  readonly question: string;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks once more, in place. Takes the focus, and Escape means Cancel (and does not close the popup). */
export function Confirm({ question, onConfirm, onCancel }: Props) {
  const { t } = useView();
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <div
      class="confirm"
      role="group"
      aria-label={question}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onCancel();
      }}
    >
      <p>{question}</p>
      <div class="buttons">
        <button type="button" class="danger" onClick={onConfirm}>
          {t('confirm')}
        </button>
        <button type="button" ref={cancel} onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </div>
  );
}
