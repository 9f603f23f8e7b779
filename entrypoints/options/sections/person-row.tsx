import { useId, useState } from 'preact/hooks';
import type { PersonView } from '../../../lib/actions/people.ts';
import { Confirm } from '../../../lib/ui/confirm.tsx';
import { useView } from '../../../lib/ui/view-context.ts';
import { PersonForm, type TypedPerson } from './person-form.tsx';

interface Props {
  readonly person: PersonView;
  /** What the person goes by. */
  readonly name: string;
  readonly onSave: (typed: TypedPerson & { readonly unbinds: boolean }) => Promise<void>;
  readonly onRemove: () => void;
}

/** One entry of the register, and what can be done with it. */
export function PersonRow({ person, name, onSave, onRemove }: Props) {
  const { t } = useView();
  const id = useId();
  const [mode, setMode] = useState<'shown' | 'edited' | 'leaving'>('shown');
  const [unbinds, setUnbinds] = useState(false);
  const { telephone = '', openId } = person;
  const show = () => setMode('shown');
  return (
    <li class="card" aria-labelledby={id}>
      <p class="name" id={id}>
        {person.name === '' ? t('person_nameless') : person.name} <small>{telephone}</small>
      </p>
      {openId !== undefined && (
        <p class="hint">{t('person_sign_in', { nickname: person.nickname ?? '', openId })}</p>
      )}
      {mode === 'edited' && (
        <PersonForm
          initial={{ telephone, name: person.name }}
          isTelephoneOptional={openId !== undefined && !unbinds}
          onSave={async (typed) => {
            await onSave({ ...typed, unbinds });
            show();
            return '';
          }}
          onCancel={show}
        >
          {openId !== undefined && (
            <label class="check">
              <input
                type="checkbox"
                checked={unbinds}
                onChange={({ currentTarget }) => setUnbinds(currentTarget.checked)}
              />
              {t('person_unbind')}
            </label>
          )}
        </PersonForm>
      )}
      {mode === 'leaving' && (
        <Confirm question={t('people_remove_question', { name })} onConfirm={onRemove} onCancel={show} />
      )}
      {mode === 'shown' && (
        <div class="buttons">
          <button type="button" aria-describedby={id} onClick={() => setMode('edited')}>
            {t('people_edit')}
          </button>
          <button type="button" aria-describedby={id} onClick={() => setMode('leaving')}>
            {t('people_remove')}
          </button>
        </div>
      )}
    </li>
  );
}
