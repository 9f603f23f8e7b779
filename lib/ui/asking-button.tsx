import { useState } from 'preact/hooks';
import { Confirm } from './confirm.tsx';

interface Props {
  readonly label: string;
  /** Asked before anything is done; undefined for what needs no second word. */
  readonly question: string | undefined;
  readonly isBusy: boolean;
  readonly labelId: string;
  readonly class?: string;
  readonly onConfirm: () => void;
}

/** A button in whose place the question stands once it was pressed. */
export function AskingButton({ label, question, isBusy, labelId, onConfirm, ...look }: Props) {
  const [isAsking, setIsAsking] = useState(false);
  if (isAsking && question !== undefined) {
    return (
      <Confirm
        question={question}
        onConfirm={() => {
          setIsAsking(false);
          onConfirm();
        }}
        onCancel={() => setIsAsking(false)}
      />
    );
  }
  return (
    <button
      type="button"
      {...look}
      disabled={isBusy}
      aria-describedby={labelId}
      onClick={question === undefined ? onConfirm : () => setIsAsking(true)}
    >
      {label}
    </button>
  );
}
