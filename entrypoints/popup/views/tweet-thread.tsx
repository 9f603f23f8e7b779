import { useId } from 'preact/hooks';
import { maxTweetWeight, readWeightedLength } from '../../../lib/twitter/weighted-length.ts';
import { useView } from '../../../lib/ui/view-context.ts';

/** The tweets that a long text becomes, as they will be posted, each with the room it has left. */
export function TweetThread({ parts }: { readonly parts: readonly string[] }) {
  const { t } = useView();
  const id = useId();
  if (parts.length < 2) return null;
  return (
    <section class="thread" aria-labelledby={id}>
      <h2 id={id}>{t('tweet_thread_title', { count: parts.length })}</h2>
      <p class="hint">{t('tweet_thread_hint')}</p>
      <ol>
        {parts.map((part, index) => (
          // Parts have no names but their places.
          <Part key={index} part={part} />
        ))}
      </ol>
    </section>
  );
}

function Part({ part }: { readonly part: string }) {
  const { t } = useView();
  const remaining = maxTweetWeight - readWeightedLength(part).weight;
  return (
    <li>
      <p>{part}</p>
      <small class={remaining < 0 ? 'counter over' : 'counter'}>
        {t('tweet_remaining', { count: remaining })}
      </small>
    </li>
  );
}
