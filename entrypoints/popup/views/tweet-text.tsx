import { useId, useRef } from 'preact/hooks';
import type { Failure } from '../../../lib/ui/failure.ts';
import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { useView } from '../../../lib/ui/view-context.ts';
import type { TweetForm } from '../tweet-form.ts';
import {
  findBadCharacter,
  isUnderWay,
  removeBadCharacters,
  separate,
  type ReadTweet,
  type TweetState,
} from '../tweet-state.ts';

/** Below this many characters left, each change is worth being told. */
const nearlyFull = 20;

interface Props {
  readonly form: TweetForm;
  readonly state: TweetState;
  readonly tweet: ReadTweet;
  readonly failure: Failure | undefined;
}

/** The text, how much room is left, and what in it X would not take. */
export function TweetText({ form, state, tweet, failure }: Props) {
  const { t } = useView();
  const id = useId();
  const area = useRef<HTMLTextAreaElement>(null);
  const own = failure?.field === 'text' ? failure : undefined;
  const { remaining } = tweet;
  const insert = () => {
    const field = area.current;
    if (field === null) return;
    const { value, selectionStart, selectionEnd } = field;
    const insertion = separate(value.slice(0, selectionStart), state.suggestion);
    // Put in by the field itself, so that the cursor stands behind it.
    field.setRangeText(insertion, selectionStart, selectionEnd, 'end');
    form.type(field.value);
    field.focus();
  };
  return (
    <div class="field">
      <div class="head">
        <label for={id}>{t('tweet_text')}</label>
        {remaining !== undefined && (
          <span
            class={remaining < 0 ? 'counter over' : 'counter'}
            id={`${id}-counter`}
            aria-live={remaining <= nearlyFull ? 'polite' : 'off'}
          >
            {t('tweet_remaining', { count: remaining })}
          </span>
        )}
      </div>
      <textarea
        id={id}
        ref={area}
        rows={4}
        aria-invalid={own !== undefined}
        aria-describedby={`${id}-counter${own === undefined ? '' : ` ${id}-error`} ${id}-marks`}
        readOnly={isUnderWay(state)}
        value={state.text}
        onInput={({ currentTarget }) => form.type(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
      />
      <div id={`${id}-marks`} class="marks">
        {state.isFilling && state.text === '' && <p class="busy late-hint">{t('loading')}</p>}
        <Marks form={form} text={state.text} excess={tweet.excess} />
      </div>
      {own !== undefined && <FailureNote failure={own} id={`${id}-error`} />}
      {state.suggestion !== '' && !state.text.includes(state.suggestion) && (
        <button type="button" class="link" title={state.suggestion} onClick={insert}>
          {t('tweet_add_page')}
        </button>
      )}
    </div>
  );
}

interface MarksProps {
  readonly form: TweetForm;
  readonly text: string;
  readonly excess: string;
}

/** What is too much or not allowed, in words, since a text field can't mark a part of its text. */
function Marks({ form, text, excess }: MarksProps) {
  const { t } = useView();
  const bad = findBadCharacter(text);
  if (bad !== undefined) {
    return (
      <p>
        {bad.before === '' ? t('tweet_bad_first', bad) : t('tweet_bad_after', bad)}{' '}
        <button type="button" class="link" onClick={() => form.type(removeBadCharacters(text))}>
          {t('tweet_remove_bad')}
        </button>
      </p>
    );
  }
  if (excess === '') return null;
  return (
    <p class="excess">
      {t('tweet_excess')} <mark>{excess}</mark>
    </p>
  );
}
