import { useEffect, useRef, useState } from 'preact/hooks';
import type { Actions } from '../../../lib/actions/index.ts';
import type { BackupKind, BackupPreview } from '../../../lib/actions/backup.ts';
import { formatMoment } from '../../../lib/ui/format.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { BackupDifferences, type KindView, type Winner } from './backup-differences.tsx';

export type RestoreChoice = Pick<Actions['backup.restore']['input'], 'leaveOut' | 'take'>;

interface Props {
  readonly preview: BackupPreview;
  readonly isRunning: boolean;
  readonly onRestore: (choice: RestoreChoice) => void;
  readonly onCancel: () => void;
}

type Winners = Partial<Record<BackupKind, Winner>>;

/** `<kind>` for all of it, `<kind>:<key>` for one. */
function listTaken(winners: Winners): string[] {
  return Object.entries(winners).flatMap(([kind, winner]) => {
    if (winner === 'mine') return [];
    return winner === 'theirs' ? [kind] : winner.map((key) => `${kind}:${key}`);
  });
}

const hasNews = ({ added, different }: KindView) => added + different > 0;

/** What a backup would bring, kind by kind, and which of two different things stays. */
export function BackupComparison({ preview, isRunning, onRestore, onCancel }: Props) {
  const { t } = useView();
  const [leaveOut, setLeaveOut] = useState<readonly BackupKind[]>([]);
  const [winners, setWinners] = useState<Winners>({});
  const title = useRef<HTMLParagraphElement>(null);
  // The form that was there is gone, and with it the focus.
  useEffect(() => title.current?.focus(), []);
  const kinds = preview.kinds.filter(({ added, same, different }) => added + same + different > 0);
  const isNothing = !preview.kinds.some(hasNews);
  const refusals = preview.kinds.flatMap((kind) => kind.refusals);
  const names = (list: readonly string[]) => new Intl.ListFormat(t('language_tag')).format(list);
  return (
    <div class="view">
      <p ref={title} tabIndex={-1}>
        {t('backup_made_at', { time: formatMoment(t('language_tag'), preview.madeAt) })}
        {isNothing && ` ${t('backup_nothing_new')}`}
      </p>
      <ComparisonTable kinds={kinds} leaveOut={leaveOut} onLeaveOut={setLeaveOut} />
      {preview.elsewhere.length > 0 && !leaveOut.includes('services') && (
        <p class="notice">{t('backup_elsewhere', { names: names(preview.elsewhere) })}</p>
      )}
      {preview.unsigned > 0 && !leaveOut.includes('accounts') && (
        <p class="notice">{t('backup_unsigned', { count: preview.unsigned })}</p>
      )}
      {refusals.length > 0 && <p class="notice">{t('backup_refused', { names: names(refusals) })}</p>}
      {kinds
        .filter(({ kind, different }) => different > 0 && !leaveOut.includes(kind))
        .map((kind) => (
          <BackupDifferences
            key={kind.kind}
            kind={kind}
            winner={winners[kind.kind] ?? 'mine'}
            onChoose={(winner) => setWinners({ ...winners, [kind.kind]: winner })}
          />
        ))}
      <div class="buttons">
        {!isNothing && (
          <button
            type="button"
            class="primary"
            disabled={isRunning}
            onClick={() => onRestore({ leaveOut: [...leaveOut], take: listTaken(winners) })}
          >
            {t('backup_restore')}
          </button>
        )}
        <button type="button" disabled={isRunning} onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </div>
  );
}

interface TableProps {
  readonly kinds: readonly KindView[];
  readonly leaveOut: readonly BackupKind[];
  readonly onLeaveOut: (kinds: readonly BackupKind[]) => void;
}

function ComparisonTable({ kinds, leaveOut, onLeaveOut }: TableProps) {
  const { t } = useView();
  const number = new Intl.NumberFormat(t('language_tag'));
  return (
    <table class="comparison" aria-label={t('backup_table')}>
      <thead>
        <tr>
          <th scope="col">{t('backup_column_kind')}</th>
          <th scope="col">{t('backup_column_added')}</th>
          <th scope="col">{t('backup_column_same')}</th>
          <th scope="col">{t('backup_column_different')}</th>
        </tr>
      </thead>
      <tbody>
        {kinds.map((view) => {
          const { kind, added, same, different } = view;
          const others = leaveOut.filter((other) => other !== kind);
          return (
            <tr key={kind}>
              <th scope="row">
                <label class="check">
                  <input
                    type="checkbox"
                    checked={hasNews(view) && !leaveOut.includes(kind)}
                    disabled={!hasNews(view)}
                    onChange={({ currentTarget }) =>
                      onLeaveOut(currentTarget.checked ? others : [...others, kind])
                    }
                  />
                  {t(`backup_kind_${kind}`)}
                </label>
              </th>
              {[added, same, different].map((count, column) => (
                <td key={column}>{number.format(count)}</td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
