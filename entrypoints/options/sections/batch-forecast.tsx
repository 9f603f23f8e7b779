import { forecastMana } from '../../../lib/batch/forecast-mana.ts';
import { formatDuration, formatNumber } from '../../../lib/ui/format.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import type { Looked } from './use-batch-look.ts';

/** What the chosen votes do to the voting power, and how long they take. */
export function BatchForecast({ look }: { readonly look: Looked }) {
  const { t } = useView();
  const { basis, floorPercent, good } = look;
  // A vote on a post that is paid out costs nothing.
  const weights = good.flatMap(({ isChosen, preview, weight }) =>
    isChosen ? [preview.state === 'paid_out' ? 0 : weight] : [],
  );
  if (basis === undefined || weights.length === 0) return null;
  const language = t('language_tag');
  const percent = (value: number) => t('percent', { value: formatNumber(language, value) });
  const forecast = forecastMana(basis, weights, floorPercent);
  return (
    <div class="notice">
      <p>
        {t('batch_forecast', {
          start: percent(forecast.startPercent),
          end: percent(forecast.endPercent),
          time: formatDuration(language, forecast.durationMs),
        })}
      </p>
      {forecast.votesBeforeWait !== undefined && (
        <p>
          {t('batch_forecast_floor', {
            count: forecast.votesBeforeWait,
            floor: percent(floorPercent),
            time: formatDuration(language, forecast.waitMs),
          })}
        </p>
      )}
      {forecast.refused > 0 && <p>{t('batch_forecast_refused', { count: forecast.refused })}</p>}
    </div>
  );
}
