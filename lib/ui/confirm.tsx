import { useEffect, useRef } from 'preact/hooks';
import { useFocusHeir } from './use-focus-heir.ts';
import { useView } from './view-context.ts';

interface Props {
  readonly question: string;
  /** False for what can be put right again. */
  readonly isDanger?: boolean;
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Asks once more, in place. Takes the focus, and Escape means Cancel (and does not close the popup). */
export function Confirm({ question, isDanger = true, onConfirm, onCancel }: Props) {
  const { t } = useView();
  const element = useFocusHeir();
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <div
      ref={element}
      class={isDanger ? 'confirm danger' : 'confirm'}
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
        <button
          type="button"
          class={isDanger ? 'danger' : 'primary'}
          // The second half of a double click on the button that asked is no answer.
          onClick={({ detail }) => detail < 2 && onConfirm()}
        >
          {t('confirm')}
        </button>
        <button type="button" ref={cancel} onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </div>
  );
}
