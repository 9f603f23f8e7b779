import { useState } from 'preact/hooks';
import type { AccountView } from '../../../lib/actions/accounts.ts';
import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { useQuery } from '../../../lib/ui/use-query.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { PersonForm } from './person-form.tsx';

/** What the register of people knows of an account: who it is, or the offer to enter them. */
export function RegisterOffer({ account }: { readonly account: AccountView }) {
  const { t, invoke } = useView();
  const [isOpen, setOpen] = useState(false);
  const { value, failure } = useQuery('people.find', { account: account.id }, ['people', 'accounts']);
  if (failure !== undefined) return <FailureNote failure={failure} />;
  if (value?.canRegister !== true) return null;
  const { person } = value;
  if (person !== undefined) {
    const name = [person.name, person.telephone].find((text) => text !== undefined && text !== '') ?? '';
    return <p class="hint">{t('register_known', { name })}</p>;
  }
  if (isOpen)
    return (
      <PersonForm
        initial={{ telephone: '', name: '' }}
        hint={t('register_hint')}
        onSave={async (typed) => {
          const { person: saved } = await invoke('people.register', { account: account.id, ...typed });
          return t('register_done', { name: saved.name });
        }}
        onCancel={() => setOpen(false)}
      />
    );
  return (
    <div class="with-button">
      <p class="hint">{t('register_unknown')}</p>
      <button type="button" onClick={() => setOpen(true)}>
        {t('register_person')}
      </button>
    </div>
  );
}
