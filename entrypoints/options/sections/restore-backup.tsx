import { useEffect, useId, useState } from 'preact/hooks';
import type { BackupPreview, RestoreBackupOutput } from '../../../lib/actions/backup.ts';
import { assertFileSize } from '../../../lib/backup/limits.ts';
import { Field } from '../../../lib/ui/field.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useFocusOnError } from '../../../lib/ui/use-focus-on-error.ts';
import { type Task, useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { BackupComparison, type RestoreChoice } from './backup-comparison.tsx';
import { PassphraseField } from './passphrase-field.tsx';
import { readTyped } from './read-typed.ts';

/** A backup that was opened: its text, still sealed, and what it would bring. */
interface Opened {
  readonly file: string;
  readonly preview: BackupPreview;
}

/** Opens a backup, shows what it would change, and takes in what the person chooses. */
export function RestoreBackup() {
  const { t, invoke, requestHosts } = useView();
  const [opened, setOpened] = useState<Opened>();
  const [isDone, setDone] = useState(false);
  const task = useTask();
  const id = useId();
  const isOpen = opened !== undefined;
  useEffect(() => {
    // Whoever leaves the page, or is done, leaves no key of the backup behind.
    if (isOpen) return () => void invoke('backup.close', {}).catch(() => undefined);
    return undefined;
  }, [isOpen, invoke]);

  const restore = ({ file, preview: { hosts } }: Opened, choice: RestoreChoice) => {
    // Browsers ask only straight from the click. A no is no reason to restore nothing.
    const asked = hosts.length === 0 ? Promise.resolve(true) : requestHosts(hosts);
    void task.run(async () => {
      await asked.catch(() => false);
      const restored = await invoke('backup.restore', { file, ...choice });
      setOpened(undefined);
      setDone(true);
      return <Restored restored={restored} />;
    }, t('backup_restoring'));
  };

  return (
    <section class="card" aria-labelledby={id}>
      <h3 id={id}>{t('backup_restore_title')}</h3>
      <p>{t('backup_restore_lead')}</p>
      {opened === undefined && !isDone && <OpenBackup task={task} onOpened={setOpened} />}
      {opened !== undefined && (
        <BackupComparison
          preview={opened.preview}
          isRunning={task.isRunning}
          onRestore={(choice) => restore(opened, choice)}
          onCancel={() => {
            setOpened(undefined);
            task.say(undefined);
          }}
        />
      )}
      <TaskOutcome task={task} shownAtFields={isOpen ? [] : ['file', 'passphrase']} />
      {isDone && (
        <div class="buttons">
          <button
            type="button"
            onClick={() => {
              setDone(false);
              task.say(undefined);
            }}
          >
            {t('backup_open_another')}
          </button>
        </div>
      )}
    </section>
  );
}

/** Asks for the file and its passphrase, which is forgotten once the file is open. */
function OpenBackup({
  task,
  onOpened,
}: {
  readonly task: Task;
  readonly onOpened: (opened: Opened) => void;
}) {
  const { t, invoke } = useView();
  const form = useFocusOnError(task.failure);
  const [chosen, setChosen] = useState<File>();
  const [passphrase, setPassphrase] = useState('');

  const open = () => {
    if (chosen === undefined) {
      task.fail({ message: t('backup_file_missing'), field: 'file' });
      return;
    }
    void task.run(async () => {
      readTyped(t, () => assertFileSize(chosen.size));
      const file = await chosen.text();
      const preview = await invoke('backup.read', { file, passphrase });
      setPassphrase('');
      onOpened({ file, preview });
      return undefined;
    }, t('backup_opening'));
  };

  return (
    <form
      ref={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!task.isRunning) open();
      }}
    >
      <Field label={t('backup_file')} name="file" failure={task.failure}>
        {(control) => (
          <input
            {...control}
            type="file"
            accept=".json,application/json"
            onChange={({ currentTarget }) => setChosen(currentTarget.files?.[0])}
          />
        )}
      </Field>
      <PassphraseField
        label={t('backup_passphrase')}
        name="passphrase"
        failure={task.failure}
        value={passphrase}
        onInput={setPassphrase}
      />
      <div class="buttons">
        <button type="submit" disabled={task.isRunning}>
          {t('backup_open')}
        </button>
      </div>
    </form>
  );
}

function Restored({ restored: { kinds, unsigned, ended } }: { readonly restored: RestoreBackupOutput }) {
  const { t } = useView();
  const sum = (field: 'added' | 'changed') => kinds.reduce((total, kind) => total + kind[field], 0);
  return (
    <>
      <p>{t('backup_restored', { added: sum('added'), changed: sum('changed') })}</p>
      {ended > 0 && <p>{t('backup_ended', { count: ended })}</p>}
      {unsigned > 0 && <p>{t('backup_unsigned', { count: unsigned })}</p>}
      {ended + unsigned > 0 && (
        <p>
          <a href="#accounts">{t('backup_to_accounts')}</a>
        </p>
      )}
    </>
  );
}
