import { useId, useRef } from 'preact/hooks';
import { LookUpTable } from '../../../lib/ui/look-up-table.tsx';
import { useView } from '../../../lib/ui/view-context.ts';
import type { LookupForm } from '../lookup-form.ts';
import { sortRows } from '../lookup-rows.ts';
import { isUnderWay, type LookupAnswer, type LookupState } from '../lookup-state.ts';

interface Props {
  readonly form: LookupForm;
  readonly state: LookupState;
  readonly answer: LookupAnswer;
}

/** The table of an answer, which scrolls by itself and so can be reached by keyboard, its next page, and ways to keep it. */
export function LookUpAnswer({ form, state, answer }: Props) {
  const { t } = useView();
  const id = useId();
  const region = useRef<HTMLDivElement>(null);
  const isMore = state.step.state === 'running' && state.step.isMore;
  const more = async () => {
    await form.more();
    // After the last page its button is gone, and the focus would be lost with it.
    if (form.store.get().answer?.next === undefined) region.current?.focus();
  };
  return (
    <div class="answer">
      <h2 id={id}>{`${answer.title} · ${answer.name}`}</h2>
      {answer.rows.length === 0 && <p class="hint">{t('look_up_none_hint')}</p>}
      {answer.rows.length > 0 && (
        <div ref={region} class="table-region" role="region" aria-labelledby={id} tabIndex={0}>
          <LookUpTable
            columns={answer.columns}
            rows={sortRows(answer.rows, state.sort, t('language_tag'))}
            sort={state.sort}
            labelId={id}
            onSort={form.sortBy}
          />
        </div>
      )}
      <div class="buttons tools">
        {answer.next !== undefined && (
          <button
            type="button"
            class={isMore ? 'busy' : undefined}
            aria-disabled={isUnderWay(state)}
            onClick={() => void more()}
          >
            {t('look_up_more')}
          </button>
        )}
        {isMore && (
          <button type="button" onClick={form.cancel}>
            {t('cancel')}
          </button>
        )}
        {answer.rows.length > 0 && (
          <>
            <button type="button" class="link" onClick={() => void form.copyJson()}>
              {t('look_up_copy_json')}
            </button>
            <button type="button" class="link" onClick={form.saveCsv}>
              {t('look_up_save_csv')}
            </button>
          </>
        )}
      </div>
    </div>
  );
}
