import type { ServiceView } from '../../../lib/actions/registrations.ts';
import type { Failure } from '../../../lib/ui/failure.ts';
import { Field } from '../../../lib/ui/field.tsx';
import { useView } from '../../../lib/ui/view-context.ts';
import { guides, labels } from './guides.ts';
import type { TypedService } from './service.tsx';

interface Props {
  readonly service: ServiceView;
  readonly typed: TypedService;
  readonly failure: Failure | undefined;
  readonly onEdit: (change: TypedService) => void;
}

/** A saved secret never comes back to the page: it can be replaced or, where the service does without, forgotten. */
export function ClientSecret({ service, typed, failure, onEdit }: Props) {
  const { t } = useView();
  const { secret, savedSecret } = guides[service.guide];
  if (secret === undefined) return null;
  const empty = service.isSecretRequired ? undefined : t('service_secret_optional');
  return (
    <>
      <Field
        label={t(labels[service.fields].secret)}
        name="clientSecret"
        failure={failure}
        hint={service.hasSecret ? t(savedSecret) : t(secret)}
      >
        {(control) => (
          <input
            {...control}
            type="password"
            autoComplete="off"
            placeholder={service.hasSecret ? t('service_secret_saved') : empty}
            disabled={typed.forgetsSecret === true}
            value={typed.clientSecret ?? ''}
            onInput={({ currentTarget }) => onEdit({ clientSecret: currentTarget.value })}
          />
        )}
      </Field>
      {service.hasSecret && !service.isSecretRequired && (
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
