import type { Settings } from '../../../lib/actions/settings.ts';
import { Field } from '../../../lib/ui/field.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useQuery } from '../../../lib/ui/use-query.ts';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';

const undoChoices = [0, 3, 5, 10] as const;

/** Where buttons stand on pages, and how long a vote can be taken back. Each change is saved at once. */
export function PageButtons() {
  const { t, invoke } = useView();
  const task = useTask();
  const { value } = useQuery('settings.get', {}, ['settings']);
  if (value === undefined) return null;
  const { settings, sites } = value;
  const save = (changes: Partial<Settings>) =>
    void task.run(async () => {
      await invoke('settings.save', changes);
      return t('settings_saved');
    });
  return (
    <section class="card" aria-labelledby="page-buttons">
      <h3 id="page-buttons">{t('voting_title')}</h3>
      <div class="columns">
        <UndoChoice
          label={t('undo_on_pages')}
          seconds={settings.undoSecondsPage}
          onChange={(undoSecondsPage) => save({ undoSecondsPage })}
        />
        <UndoChoice
          label={t('undo_in_popup')}
          seconds={settings.undoSecondsPopup}
          onChange={(undoSecondsPopup) => save({ undoSecondsPopup })}
        />
      </div>
      <fieldset>
        <legend>{t('sites_title')}</legend>
        <p class="hint">{t('sites_hint')}</p>
        <div class="sites">
          {sites.map((site) => (
            <label class="check" key={site}>
              <input
                type="checkbox"
                checked={!settings.sitesOff.includes(site)}
                onChange={({ currentTarget }) => {
                  const others = settings.sitesOff.filter((off) => off !== site);
                  save({ sitesOff: currentTarget.checked ? others : [...others, site] });
                }}
              />
              {site}
            </label>
          ))}
        </div>
      </fieldset>
      <TaskOutcome task={task} />
    </section>
  );
}

interface UndoChoiceProps {
  readonly label: string;
  readonly seconds: number;
  readonly onChange: (seconds: number) => void;
}

function UndoChoice({ label, seconds, onChange }: UndoChoiceProps) {
  const { t } = useView();
  return (
    <Field label={label} name="undo">
      {(control) => (
        <select
          {...control}
          value={seconds}
          onChange={(event) => onChange(Number(event.currentTarget.value))}
        >
          {undoChoices.map((choice) => (
            <option key={choice} value={choice}>
              {choice === 0 ? t('undo_off') : t('undo_seconds', { count: choice })}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}
