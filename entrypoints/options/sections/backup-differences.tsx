import type { BackupPreview } from '../../../lib/actions/backup.ts';
import { Field } from '../../../lib/ui/field.tsx';
import { useView } from '../../../lib/ui/view-context.ts';

export type KindView = BackupPreview['kinds'][number];

/** Which of two different things stays: for all of a kind, or the keys of those that are taken. */
export type Winner = 'mine' | 'theirs' | readonly string[];

interface Props {
  readonly kind: KindView;
  readonly winner: Winner;
  readonly onChoose: (winner: Winner) => void;
}

/** What of a kind is different here and in the backup, and the choice between the two. */
export function BackupDifferences({ kind: { kind, items, different }, winner, onChoose }: Props) {
  const { t } = useView();
  const isEach = typeof winner !== 'string';
  return (
    <fieldset class="differences">
      <legend>{t('backup_different', { kind: t(`backup_kind_${kind}`) })}</legend>
      {kind === 'signIns' && <p class="hint">{t('backup_sign_in_warning')}</p>}
      <Field label={t('backup_which')} name={kind}>
        {(control) => (
          <select
            {...control}
            value={isEach ? 'each' : winner}
            onChange={({ currentTarget: { value } }) =>
              onChoose(value === 'mine' || value === 'theirs' ? value : [])
            }
          >
            <option value="mine">{t('backup_keep_mine')}</option>
            <option value="theirs">{t('backup_take_theirs')}</option>
            {different > 1 && <option value="each">{t('backup_choose_each')}</option>}
          </select>
        )}
      </Field>
      <ul>
        {items.map((item) => (
          <li key={item.key}>
            {isEach ? (
              <label class="check">
                <input
                  type="checkbox"
                  checked={winner.includes(item.key)}
                  onChange={({ currentTarget }) => {
                    const others = winner.filter((key) => key !== item.key);
                    onChoose(currentTarget.checked ? [...others, item.key] : others);
                  }}
                />
                {t('backup_take_one', { name: item.label })}
              </label>
            ) : (
              <p>{item.label}</p>
            )}
            <Differences differences={item.differences} />
            {item.ends !== undefined && <p class="notice">{t('backup_ends', { count: item.ends })}</p>}
            {item.misses !== undefined && <p class="hint">{t('backup_misses', { count: item.misses })}</p>}
          </li>
        ))}
      </ul>
      {different > items.length && <p class="hint">{t('backup_more', { number: items.length })}</p>}
    </fieldset>
  );
}

function Differences({ differences }: Pick<KindView['items'][number], 'differences'>) {
  const { t } = useView();
  return (
    <ul class="hint">
      {differences.map(({ title, mine, theirs }) => (
        <li key={title}>
          {t('backup_difference', {
            title,
            mine: mine ?? t('backup_nothing'),
            theirs: theirs ?? t('backup_nothing'),
          })}
        </li>
      ))}
    </ul>
  );
}
