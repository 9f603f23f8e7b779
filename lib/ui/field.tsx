import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import type { Failure } from './failure.ts';
import { FailureNote } from './failure-note.tsx';

/** The attributes that tie a control to its label, hint and error. Spread them on the control. */
export interface ControlProps {
  readonly id: string;
  readonly 'aria-invalid': boolean;
  readonly 'aria-describedby': string | undefined;
}

interface Props {
  readonly label: string;
  readonly hint?: ComponentChildren;
  /** Shown here when it names this field. */
  readonly failure?: Failure | undefined;
  /** The field's name in the action's input schema. */
  readonly name: string;
  readonly children: (control: ControlProps) => ComponentChildren;
}

/** A labelled control with its hint and its error. */
export function Field({ label, hint, failure, name, children }: Props) {
  const id = useId();
  const own = failure?.field === name ? failure : undefined;
  const descriptions = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(own === undefined ? [] : [`${id}-error`]),
  ];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children({
        id,
        'aria-invalid': own !== undefined,
        'aria-describedby': descriptions.length === 0 ? undefined : descriptions.join(' '),
      })}
      {hint !== undefined && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {own !== undefined && <FailureNote failure={own} id={`${id}-error`} />}
    </div>
  );
}
