import { prices } from '../../../lib/twitter/prices.ts';
import { ExternalLink } from '../../../lib/ui/external-link.tsx';
import { formatCalendarDay, formatDollars } from '../../../lib/ui/format.ts';
import { useView } from '../../../lib/ui/view-context.ts';

/** Said before an app is made: X bills its owner by use, and there is a way without one. */
export function PostingPrices() {
  const { t } = useView();
  const language = t('language_tag');
  const dollars = (thousandths: number) => formatDollars(language, thousandths / 1000);
  return (
    <p class="notice">
      <span>
        {t('service_x_prices', { price: dollars(prices.post), withLink: dollars(prices.postWithUrl) })}{' '}
        <ExternalLink href={prices.source}>
          {t('tweet_prices_of', { date: formatCalendarDay(language, prices.date) })}
        </ExternalLink>
      </span>
    </p>
  );
}
