import type { ServiceView } from '../../../lib/actions/registrations.ts';
import type { Failure } from '../../../lib/ui/failure.ts';
import { Field } from '../../../lib/ui/field.tsx';
import { useView } from '../../../lib/ui/view-context.ts';
import type { TypedService } from './service.tsx';

interface Props {
  readonly service: ServiceView;
  readonly typed: TypedService;
  readonly failure: Failure | undefined;
  readonly onEdit: (change: TypedService) => void;
}

/** A saved secret never comes back to the page: it can be replaced or forgotten, not read. */
export function ClientSecret({ service, typed, failure, onEdit }: Props) {
  const { t } = useView();
  return (
    <>
      <Field
        label={t('service_client_secret')}
        name="clientSecret"
        failure={failure}
        hint={service.hasSecret ? t('service_secret_saved_hint') : t('service_secret_hint')}
      >
        {(control) => (
          <input
            {...control}
            type="password"
            autoComplete="off"
            placeholder={service.hasSecret ? t('service_secret_saved') : t('service_secret_optional')}
            disabled={typed.forgetsSecret === true}
            value={typed.clientSecret ?? ''}
            onInput={({ currentTarget }) => onEdit({ clientSecret: currentTarget.value })}
          />
        )}
      </Field>
      {service.hasSecret && (
        <label class="check">
          <input
            type="checkbox"
            checked={typed.forgetsSecret === true}
            onChange={({ currentTarget }) => onEdit({ forgetsSecret: currentTarget.checked })}
          />
          {t('service_secret_forget')}
        </label>
      )}
    </>
  );
}
