import type { ComponentChildren, FunctionComponent } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Failure } from './failure.ts';
import { Field } from './field.tsx';
import { formatMoment } from './format.ts';
import { findLocalTime, nameZone, type Schedule, suggestTime, writeLocalTime } from './local-time.ts';
import { createStore } from './store.ts';
import { useFocusHeir } from './use-focus-heir.ts';
import { useStore } from './use-store.ts';
import { useView } from './view-context.ts';
import type { ViewPorts } from './view-ports.ts';

/** The choice of a time to come. */
export interface When {
  /** What is chosen; undefined where nothing is, which is then told at the field. */
  readonly read: () => Schedule | undefined;
  /** The field with its two buttons, for a form that it submits. */
  readonly Panel: FunctionComponent<PanelProps>;
}

interface PanelProps {
  readonly failure: Failure | undefined;
  readonly isBusy: boolean;
  /** What the button says; "Schedule" where left out. */
  readonly label?: string;
  /** What the way out says. */
  readonly end: string;
  readonly onEnd: () => void;
  /** What else has to be known. */
  readonly children?: ComponentChildren;
}

interface WhenState {
  /** As in the field. */
  readonly text: string;
  readonly fault: Failure | undefined;
  /** A failure that the person has seen and is mending. */
  readonly seen: Failure | undefined;
}

const name = 'schedule';

/** @param at what the field begins with, UTC ms; the next full hour where left out. */
export function createWhen({ t, now, timeZone }: ViewPorts, at: number = suggestTime(now())): When {
  const store = createStore<WhenState>({
    text: writeLocalTime(at, timeZone),
    fault: undefined,
    seen: undefined,
  });
  const { get, set } = store;

  function WhenField({ failure }: { readonly failure: Failure | undefined }) {
    const { text, fault, seen } = useStore(store);
    const input = useRef<HTMLInputElement>(null);
    const own = failure?.field === name ? failure : undefined;
    const shown = fault ?? (own === seen ? undefined : own);
    // Whoever asked for the field came to fill it in.
    useEffect(() => input.current?.focus(), []);
    useEffect(() => {
      if (shown !== undefined) input.current?.focus();
    }, [shown]);
    return (
      <Field label={t('when')} name={name} failure={shown} hint={<Zone text={text} />}>
        {(control) => (
          <input
            {...control}
            ref={input}
            type="datetime-local"
            min={writeLocalTime(now(), timeZone)}
            value={text}
            onInput={({ currentTarget }) => set({ text: currentTarget.value, fault: undefined, seen: own })}
          />
        )}
      </Field>
    );
  }

  function Panel({ failure, isBusy, label = t('later_schedule'), end, onEnd, children }: PanelProps) {
    const element = useFocusHeir();
    return (
      <div
        ref={element}
        class="view"
        onKeyDown={(event) => {
          // The way out, and not that of the popup.
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onEnd();
        }}
      >
        <WhenField failure={failure} />
        {children}
        <div class="ways">
          <button type="submit" class="primary" aria-disabled={isBusy}>
            {label}
          </button>
          <button type="button" disabled={isBusy} onClick={onEnd}>
            {end}
          </button>
        </div>
      </div>
    );
  }

  return {
    read: () => {
      const found = findLocalTime(get().text, timeZone);
      if (found === undefined) set({ fault: { message: t('when_missing'), field: name } });
      return found === undefined ? undefined : { at: found.at, timeZone };
    },
    Panel,
  };
}

/** Where that time is meant, and what becomes of one that the clocks leave out or show twice. */
function Zone({ text }: { readonly text: string }) {
  const { t, now, timeZone } = useView();
  const found = findLocalTime(text, timeZone);
  return (
    <span aria-live="polite">
      {nameZone(found?.at ?? now(), timeZone)}
      {found?.oddity === 'skipped' &&
        `. ${t('when_skipped', { time: formatMoment(t('language_tag'), found.at, timeZone) })}`}
      {found?.oddity === 'repeated' && `. ${t('when_repeated')}`}
    </span>
  );
}
