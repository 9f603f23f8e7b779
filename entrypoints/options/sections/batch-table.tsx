import { ExternalLink } from '../../../lib/ui/external-link.tsx';
import { formatNumber } from '../../../lib/ui/format.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { type GoodRow, type Looked, type PreviewedVote, sendable } from './use-batch-look.ts';

const columns = [
  'batch_column_line',
  'vote_post',
  'batch_column_author',
  'vote_weight',
  'batch_column_state',
] as const;

const stateTexts = {
  ready: 'batch_state_ready',
  change: 'batch_state_change',
  same: 'batch_state_same',
  nothing: 'batch_state_nothing',
  paid_out: 'warning_paid_out',
  votes_off: 'warning_votes_off',
} as const;

interface Props {
  readonly look: Looked;
  /** Id of the element that names the table. */
  readonly labelId: string;
  readonly onChoose: (isChosen: boolean, line?: number) => void;
}

/** Every row of the list in its order: what can be voted on with a box to tick, what can't with the reason. */
export function BatchTable({ look, labelId, onChoose }: Props) {
  const { t } = useView();
  const open = look.good.filter(({ preview }) => sendable.has(preview.state));
  const rows = [...look.good, ...look.bad].sort((one, other) => one.line - other.line);
  return (
    <div class="table-region" role="group" aria-labelledby={labelId} tabIndex={0}>
      <table class="batch-table" aria-labelledby={labelId}>
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label={t('batch_choose_all')}
                checked={open.length > 0 && open.every(({ isChosen }) => isChosen)}
                disabled={open.length === 0}
                onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
              />
            </th>
            {columns.map((key) => (
              <th key={key} scope="col">
                <span>{t(key)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) =>
            'preview' in row ? (
              <Row key={row.line} row={row} onChoose={(isChosen) => onChoose(isChosen, row.line)} />
            ) : (
              <tr key={row.line} class="bad">
                <td />
                <td>{row.line}</td>
                <td>{row.text}</td>
                <td colSpan={3}>{row.message}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </div>
  );
}

function Row({ row, onChoose }: { readonly row: GoodRow; readonly onChoose: (isChosen: boolean) => void }) {
  const { t } = useView();
  const { line, preview, weight, isChosen } = row;
  const name = `${preview.author}/${preview.permlink}`;
  const title = preview.post?.title ?? '';
  const canSend = sendable.has(preview.state);
  return (
    <tr class={preview.state === 'failed' ? 'bad' : undefined}>
      <td>
        {canSend && (
          <input
            type="checkbox"
            aria-label={t('batch_choose', { post: title === '' ? name : title })}
            checked={isChosen}
            onChange={({ currentTarget }) => onChoose(currentTarget.checked)}
          />
        )}
      </td>
      <td>{line}</td>
      <td>
        {preview.post === undefined ? (
          name
        ) : (
          <ExternalLink href={preview.post.url}>{title === '' ? name : title}</ExternalLink>
        )}
      </td>
      <td>{preview.author}</td>
      <td>{t('percent', { value: formatNumber(t('language_tag'), weight) })}</td>
      <td>
        <State preview={preview} />
      </td>
    </tr>
  );
}

function State({ preview }: { readonly preview: PreviewedVote }) {
  const { t } = useView();
  const { state, currentWeight = 0, trouble, isOwn, warnings } = preview;
  const notes = warnings.filter((warning) => warning === 'last_hours' || warning === 'last_change');
  const facts = { weight: formatNumber(t('language_tag'), currentWeight) };
  return (
    <>
      {state === 'failed' ? trouble?.message : t(stateTexts[state], facts)}
      {isOwn && <p>{t('batch_own_post')}</p>}
      {notes.map((warning) => (
        <p key={warning}>{t(`warning_${warning}`)}</p>
      ))}
    </>
  );
}
