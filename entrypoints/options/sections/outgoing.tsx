import { useState } from 'preact/hooks';
import type { Settings } from '../../../lib/actions/settings.ts';
import { Field } from '../../../lib/ui/field.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useQuery } from '../../../lib/ui/use-query.ts';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';

const choices = ['ask', 'send', 'skip'] as const;

/** What becomes of a missed time, and how much voting power is kept. Each change is saved at once. */
export function Outgoing() {
  const { t, invoke } = useView();
  const task = useTask();
  const { value } = useQuery('settings.get', {}, ['settings']);
  // What stands in the field until another floor is saved, so that a wrong number can be seen beside its failure.
  const [typed, setTyped] = useState<{ readonly text: string; readonly saved: number }>();
  if (value === undefined) return null;
  const { missed, manaFloorPercent } = value.settings;
  const isTyped = typed?.saved === manaFloorPercent;
  const save = (changes: Partial<Settings>) =>
    void task.run(async () => {
      await invoke('settings.save', changes);
      return t('settings_saved');
    });
  return (
    <section class="card" aria-labelledby="outgoing">
      <h3 id="outgoing">{t('outbox_title')}</h3>
      <Field label={t('missed_label')} name="missed" hint={t('missed_hint')} failure={task.failure}>
        {(control) => (
          <select
            {...control}
            value={missed}
            onChange={({ currentTarget }) => {
              const chosen = choices.find((choice) => choice === currentTarget.value);
              if (chosen !== undefined) save({ missed: chosen });
            }}
          >
            {choices.map((choice) => (
              <option key={choice} value={choice}>
                {t(`missed_${choice}`)}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label={t('mana_floor_label')}
        name="manaFloorPercent"
        hint={t('mana_floor_hint')}
        failure={isTyped ? task.failure : undefined}
      >
        {(control) => (
          <input
            {...control}
            type="number"
            min="0"
            max="100"
            step="1"
            value={isTyped ? typed.text : manaFloorPercent}
            onChange={({ currentTarget: { value: text, valueAsNumber } }) => {
              setTyped({ text, saved: manaFloorPercent });
              // An empty field is no number.
              if (!(valueAsNumber >= 0 && valueAsNumber <= 100))
                task.fail({ message: t('mana_floor_wrong'), field: 'manaFloorPercent' });
              else save({ manaFloorPercent: valueAsNumber });
            }}
          />
        )}
      </Field>
      <TaskOutcome task={task} shownAtFields={['missed', 'manaFloorPercent']} />
    </section>
  );
}
