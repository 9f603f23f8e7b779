import { useId, useRef, useState } from 'preact/hooks';
import type { CustomLookupView } from '../../../lib/actions/custom-lookups.ts';
import type { ServiceView } from '../../../lib/actions/registrations.ts';
import { Confirm } from '../../../lib/ui/confirm.tsx';
import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useQuery } from '../../../lib/ui/use-query.ts';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { CustomLookupEditor, type DraftLookup } from './custom-lookup-editor.tsx';

/** What the person wrote for a service; asked for when it is opened. */
export function CustomLookups({ service }: { readonly service: ServiceView }) {
  const { t } = useView();
  const [isOpen, setOpen] = useState(false);
  return (
    <details class="advanced custom-lookups" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('custom_title')}</summary>
      {isOpen &&
        (service.isSetUp ? <Written provider={service.provider} /> : <p>{t('custom_needs_set_up')}</p>)}
    </details>
  );
}

const emptyDraft: DraftLookup = { name: '', address: '', rows: '' };

function Written({ provider }: { readonly provider: string }) {
  const { t, invoke } = useView();
  const { value, failure } = useQuery('custom-lookups.list', { provider }, ['services', 'accounts']);
  const [draft, setDraft] = useState<DraftLookup>();
  const task = useTask();
  const add = useRef<HTMLButtonElement>(null);
  if (failure !== undefined) return <FailureNote failure={failure} />;
  if (value === undefined) return <p class="busy">{t('loading')}</p>;
  const close = (notice?: string) => {
    setDraft(undefined);
    if (notice !== undefined) task.say(notice);
    // The editor had the focus and is gone.
    add.current?.focus();
  };
  const remove = ({ id, name }: CustomLookupView) =>
    task.run(async () => {
      await invoke('custom-lookups.remove', { id });
      return t('custom_removed', { name });
    });
  return (
    <div class="view">
      <p>{t('custom_lead', { origins: value.origins.join(', ') })}</p>
      {value.lookups.length > 0 && (
        <ul class="rows">
          {value.lookups.map((lookup) => (
            <Row key={lookup.id} lookup={lookup} onEdit={setDraft} onRemove={() => void remove(lookup)} />
          ))}
        </ul>
      )}
      <TaskOutcome task={task} />
      {draft !== undefined && (
        <CustomLookupEditor
          key={draft.id ?? draft.name}
          provider={provider}
          draft={draft}
          accounts={value.accounts}
          onClose={close}
        />
      )}
      <div class="buttons">
        <button type="button" ref={add} onClick={() => setDraft(emptyDraft)}>
          {t('custom_new')}
        </button>
      </div>
    </div>
  );
}

interface RowProps {
  readonly lookup: CustomLookupView;
  readonly onEdit: (draft: DraftLookup) => void;
  readonly onRemove: () => void;
}

function Row({ lookup, onEdit, onRemove }: RowProps) {
  const { t } = useView();
  const [isAsking, setAsking] = useState(false);
  const id = useId();
  const { name, address, rows } = lookup;
  return (
    <li class="card" aria-labelledby={id}>
      <p class="name" id={id}>
        {name}
      </p>
      <p class="byline">{rows === '' ? address : `${address} · ${rows}`}</p>
      {isAsking ? (
        <Confirm
          question={t('custom_remove_question', { name })}
          onConfirm={onRemove}
          onCancel={() => setAsking(false)}
        />
      ) : (
        <div class="buttons tools">
          <button type="button" class="link" aria-describedby={id} onClick={() => onEdit(lookup)}>
            {t('custom_edit')}
          </button>
          <button
            type="button"
            class="link"
            aria-describedby={id}
            onClick={() => onEdit({ name: t('custom_copy_name', { name }), address, rows })}
          >
            {t('custom_duplicate')}
          </button>
          <button type="button" class="link" aria-describedby={id} onClick={() => setAsking(true)}>
            {t('custom_remove')}
          </button>
        </div>
      )}
    </li>
  );
}
