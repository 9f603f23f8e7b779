import { useId, useState } from 'preact/hooks';
import type { BackupOffer } from '../../../lib/actions/backup.ts';
import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useFocusOnError } from '../../../lib/ui/use-focus-on-error.ts';
import { useQuery } from '../../../lib/ui/use-query.ts';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { NewPassphrase, noPassphrase } from './new-passphrase.tsx';

/** What the person chose of that which can be left out. */
type Choice = Record<'secrets' | 'signIns' | 'rotating' | 'journal', boolean>;

const usual: Choice = { secrets: true, signIns: true, rotating: false, journal: true };

/** Says what a backup would hold, and saves one as a file. */
export function MakeBackup() {
  const { t, invoke, saveFile } = useView();
  const { value: offer, failure } = useQuery('backup.offer', {}, [
    'accounts',
    'services',
    'settings',
    'people',
    'journal',
  ]);
  const [choice, setChoice] = useState(usual);
  const [typed, setTyped] = useState(noPassphrase);
  const task = useTask();
  const form = useFocusOnError(task.failure);
  const id = useId();

  const save = () => {
    if (typed.next !== typed.repeated) {
      task.fail({ message: t('lock_repeat_differs'), field: 'repeated' });
      return;
    }
    void task.run(async () => {
      const { name, text } = await invoke('backup.make', { passphrase: typed.next, ...choice });
      setTyped(noPassphrase);
      saveFile(name, text);
      return t('backup_saved', { name });
    }, t('backup_saving'));
  };

  return (
    <section class="card" aria-labelledby={id}>
      <h3 id={id}>{t('backup_make_title')}</h3>
      <p>{t('backup_make_lead')}</p>
      {failure !== undefined && <FailureNote failure={failure} />}
      {offer !== undefined && (
        <form
          ref={form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (!task.isRunning) save();
          }}
        >
          <BackupParts offer={offer} choice={choice} onChoose={setChoice} />
          <NewPassphrase
            label={t('backup_passphrase_new')}
            name="passphrase"
            failure={task.failure}
            typed={typed}
            onInput={setTyped}
          />
          <div class="buttons">
            <button type="submit" class="primary" disabled={task.isRunning}>
              {t('backup_save')}
            </button>
          </div>
          <TaskOutcome task={task} shownAtFields={['passphrase', 'repeated']} />
        </form>
      )}
    </section>
  );
}

interface PartsProps {
  readonly offer: BackupOffer;
  readonly choice: Choice;
  readonly onChoose: (choice: Choice) => void;
}

const alwaysIn = ['services', 'accounts', 'lookups', 'people'] as const;

/** What always goes in, what may, and what never does, with the reason for each. */
function BackupParts({ offer, choice, onChoose }: PartsProps) {
  const { t } = useView();
  const list = (left: BackupOffer['left']) =>
    new Intl.ListFormat(t('language_tag')).format(left.map(({ name, service }) => `${name} (${service})`));
  const rotating = offer.left.filter(({ reason }) => reason === 'rotating');
  const never = offer.left.filter(({ reason }) => reason !== 'rotating');
  const part = (name: keyof Choice, label: string, hint: string) => (
    <Part
      label={label}
      hint={hint}
      isChosen={choice[name]}
      onChange={(isChosen) => onChoose({ ...choice, [name]: isChosen })}
    />
  );
  return (
    <fieldset class="backup-parts">
      <legend>{t('backup_holds')}</legend>
      <ul>
        {alwaysIn
          .filter((kind) => offer[kind] > 0)
          .map((kind) => (
            <li class="chip" key={kind}>
              {t(`backup_kind_${kind}`)} {offer[kind]}
            </li>
          ))}
        <li class="chip">{t('backup_kind_settings')}</li>
      </ul>
      {offer.secrets > 0 &&
        part('secrets', t('backup_with_secrets', { number: offer.secrets }), t('backup_with_secrets_hint'))}
      {offer.signIns > 0 &&
        part('signIns', t('backup_with_sign_ins', { number: offer.signIns }), t('backup_with_sign_ins_hint'))}
      {rotating.length > 0 &&
        part(
          'rotating',
          t('backup_with_rotating', { number: rotating.length }),
          t('backup_with_rotating_hint', { names: list(rotating) }),
        )}
      {offer.journal > 0 &&
        part('journal', t('backup_with_journal', { number: offer.journal }), t('backup_with_journal_hint'))}
      {never.length > 0 && <p class="hint">{t('backup_never', { names: list(never) })}</p>}
      <p class="hint">{t('backup_no_outbox')}</p>
    </fieldset>
  );
}

interface PartProps {
  readonly label: string;
  readonly hint: string;
  readonly isChosen: boolean;
  readonly onChange: (isChosen: boolean) => void;
}

function Part({ label, hint, isChosen, onChange }: PartProps) {
  const id = useId();
  return (
    <div>
      <label class="check">
        <input
          type="checkbox"
          checked={isChosen}
          aria-describedby={id}
          onChange={({ currentTarget }) => onChange(currentTarget.checked)}
        />
        {label}
      </label>
      <p class="hint" id={id}>
        {hint}
      </p>
    </div>
  );
}
