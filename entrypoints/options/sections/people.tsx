import { useState } from 'preact/hooks';
import type { PersonView } from '../../../lib/actions/people.ts';
import { Field } from '../../../lib/ui/field.tsx';
import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useQuery } from '../../../lib/ui/use-query.ts';
import { type Task, useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { PeopleFile } from './people-file.tsx';
import { PersonForm } from './person-form.tsx';
import { PersonRow } from './person-row.tsx';

/** The register of people: search, add, change, remove, import and export. */
export function PeopleSection() {
  const { t, invoke } = useView();
  const [search, setSearch] = useState('');
  const [isAdding, setAdding] = useState(false);
  const task = useTask();
  const { value, failure } = useQuery('people.list', { search }, ['people']);
  return (
    <>
      <p class="lead">{t('people_lead')}</p>
      <Field label={t('people_search')} name="search">
        {(control) => (
          <input
            {...control}
            type="search"
            value={search}
            onInput={({ currentTarget }) => setSearch(currentTarget.value)}
          />
        )}
      </Field>
      {failure !== undefined && <FailureNote failure={failure} />}
      {isAdding ? (
        <div class="card">
          <PersonForm
            initial={{ telephone: '', name: '' }}
            onSave={async (typed) => {
              const { person } = await invoke('people.save', typed);
              setAdding(false);
              task.say(t('people_saved', { name: nameOf(person) }));
              return '';
            }}
            onCancel={() => setAdding(false)}
          />
        </div>
      ) : (
        <div class="buttons">
          <button type="button" class="primary" onClick={() => setAdding(true)}>
            {t('people_add')}
          </button>
        </div>
      )}
      <TaskOutcome task={task} />
      {value !== undefined && (
        <PeopleList people={value.people} count={value.count} isSearch={search !== ''} task={task} />
      )}
      <PeopleFile />
    </>
  );
}

/** What a person goes by; a number where there is no name. */
function nameOf({ name, telephone = '', openId = '' }: PersonView): string {
  return [name, telephone, openId].find((text) => text !== '') ?? '';
}

interface ListProps {
  readonly people: readonly PersonView[];
  readonly count: number;
  readonly isSearch: boolean;
  readonly task: Task;
}

function PeopleList({ people, count, isSearch, task }: ListProps) {
  const { t, invoke } = useView();
  if (people.length === 0) return <p>{t(isSearch ? 'people_none_found' : 'people_empty')}</p>;
  return (
    <>
      <ul class="rows">
        {people.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            name={nameOf(person)}
            onSave={async (typed) => {
              const { person: saved } = await invoke('people.save', { id: person.id, ...typed });
              task.say(t('people_saved', { name: nameOf(saved) }));
            }}
            onRemove={() =>
              void task.run(async () => {
                await invoke('people.remove', { id: person.id });
                return t('people_removed', { name: nameOf(person) });
              })
            }
          />
        ))}
      </ul>
      {count > people.length && <p class="hint">{t('people_more', { shown: people.length })}</p>}
    </>
  );
}
