import { prices } from '../../../lib/twitter/prices.ts';
import { ExternalLink } from '../../../lib/ui/external-link.tsx';
import { formatCalendarDay, formatDollars } from '../../../lib/ui/format.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { priceOfParts } from '../tweet-state.ts';

/** What X charges the owner of the app for posting this, said before it is sent. */
export function TweetPrice({ parts }: { readonly parts: readonly string[] }) {
  const { t } = useView();
  const language = t('language_tag');
  // Before anything is typed, the price of any one tweet.
  const price = parts.length === 0 ? prices.post / 1000 : priceOfParts(parts);
  const isPlain = parts.length < 2 && price < prices.postWithUrl / 1000;
  return (
    <p class="hint">
      {isPlain
        ? t('tweet_price_plain', {
            price: formatDollars(language, price),
            withLink: formatDollars(language, prices.postWithUrl / 1000),
          })
        : t('tweet_price', { price: formatDollars(language, price) })}{' '}
      <ExternalLink href={prices.source}>
        {t('tweet_prices_of', { date: formatCalendarDay(language, prices.date) })}
      </ExternalLink>
    </p>
  );
}
