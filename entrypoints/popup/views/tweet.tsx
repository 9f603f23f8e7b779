import { useEffect, useState } from 'preact/hooks';
import { Field } from '../../../lib/ui/field.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';

const draftName = 'tweet';

/** A tweet is handed to X's own compose page, so the person sends it there. */
export function TweetView() {
  const { t, invoke } = useView();
  const task = useTask();
  // Undefined until something was typed or the draft came: a late draft must not overwrite what is typed.
  const [text, setText] = useState<string>();
  useEffect(() => {
    invoke('draft.read', { form: draftName }).then(
      ({ fields }) => setText((typed) => typed ?? fields?.['text']),
      () => undefined, // No draft is no reason to keep anyone from typing.
    );
  }, [invoke]);
  const type = (value: string) => {
    setText(value);
    void invoke('draft.save', { form: draftName, fields: { text: value } }).catch(() => undefined);
  };
  const send = async () => {
    const tweet = text?.trim() ?? '';
    if (tweet === '') {
      task.fail({ message: t('error_empty'), field: 'text' });
      return;
    }
    await task.run(async () => {
      const { url } = await invoke('tweet.hand-off', { text: tweet });
      return t('tweet_handed_off', { host: new URL(url).host });
    });
  };
  return (
    <form
      class="view"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Field label={t('tweet_text')} name="text" failure={task.failure}>
        {(control) => (
          <textarea
            {...control}
            rows={7}
            value={text ?? ''}
            onInput={(event) => type(event.currentTarget.value)}
          />
        )}
      </Field>
      <p class="notice">{t('tweet_hand_off')}</p>
      <TaskOutcome task={task} shownAtFields={['text']} />
      <button type="submit" class="primary wide" aria-disabled={task.isRunning}>
        {t('tweet_button')}
      </button>
    </form>
  );
}
