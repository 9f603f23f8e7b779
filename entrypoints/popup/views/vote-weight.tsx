import { useId, useLayoutEffect, useRef } from 'preact/hooks';
import { estimateVoteValue } from '../../../lib/steem/vote-value.ts';
import type { Failure } from '../../../lib/ui/failure.ts';
import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { formatAmount } from '../../../lib/ui/format.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { findPreview, findWeight, type VoteState } from '../vote-state.ts';

const presets = [1, 5, 10, 25, 50, 75, 100] as const;

interface Props {
  readonly state: VoteState;
  readonly failure: Failure | undefined;
  readonly onChange: (weight: string) => void;
  /** The person is about to change it. */
  readonly onTouch: () => void;
}

/** The weight, three ways to set it, and what the vote is worth. */
export function VoteWeight({ state, failure, onChange, onTouch }: Props) {
  const { t } = useView();
  const id = useId();
  const weight = findWeight(state.weight);
  const own = failure?.field === 'weight' ? failure : undefined;
  const basis = findPreview(state)?.voter?.basis;
  const number = useRef<HTMLInputElement>(null);
  // Not as `value`: that is put back at each drawing, also when facts arrive while the field is emptied for another weight.
  useLayoutEffect(() => {
    if (number.current !== null && number.current.value !== state.weight) number.current.value = state.weight;
  }, [state.weight]);
  return (
    <div class="field weight" role="group" aria-labelledby={`${id}-label`}>
      <div class="weight-head">
        <label for={`${id}-number`} id={`${id}-label`}>
          {t('vote_weight')}
        </label>
        {basis !== undefined && weight !== undefined && (
          <span class="worth" title={t('vote_worth_hint')}>
            {t('vote_worth', {
              amount: formatAmount(t('language_tag'), estimateVoteValue(basis, weight), basis.currency),
            })}
          </span>
        )}
      </div>
      <div class="weight-row" onFocusIn={onTouch}>
        <input
          type="range"
          class={weight !== undefined && weight < 0 ? 'down' : undefined}
          aria-label={t('vote_weight')}
          aria-valuetext={t('percent', { value: weight ?? 0 })}
          min="-100"
          max="100"
          step="1"
          value={weight ?? 0}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        <span class="number">
          <input
            type="number"
            id={`${id}-number`}
            aria-invalid={own !== undefined}
            aria-describedby={own === undefined ? undefined : `${id}-error`}
            min="-100"
            max="100"
            step="0.01"
            ref={number}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
          <span aria-hidden="true">%</span>
        </span>
      </div>
      <div class="presets" role="group" aria-label={t('vote_presets')}>
        {presets.map((preset) => (
          <button
            type="button"
            key={preset}
            aria-pressed={weight === preset}
            onClick={() => onChange(String(preset))}
          >
            {preset}
          </button>
        ))}
      </div>
      {own !== undefined && <FailureNote failure={own} id={`${id}-error`} />}
    </div>
  );
}
