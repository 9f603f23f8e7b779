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

/** For those who run the service themselves: where it answers. Opens by itself when an address is at fault. */
export function BaseAddresses({ service, typed, failure, onEdit }: Props) {
  const { t } = useView();
  const authBase = typed.authBase ?? service.authBase;
  const apiBase = typed.apiBase ?? service.apiBase;
  const isOwn = authBase !== service.presetAuthBase || apiBase !== service.presetApiBase;
  const isAtFault = failure?.field === 'authBase' || failure?.field === 'apiBase';
  return (
    <details class="advanced" open={isOwn || isAtFault}>
      <summary>{t('advanced')}</summary>
      <Field
        label={t('service_auth_base')}
        name="authBase"
        failure={failure}
        hint={t('service_auth_base_hint')}
      >
        {(control) => (
          <input
            {...control}
            type="url"
            spellcheck={false}
            value={authBase}
            onInput={({ currentTarget }) => onEdit({ authBase: currentTarget.value })}
          />
        )}
      </Field>
      <Field label={t('service_api_base')} name="apiBase" failure={failure} hint={t('service_api_base_hint')}>
        {(control) => (
          <input
            {...control}
            type="url"
            spellcheck={false}
            value={apiBase}
            onInput={({ currentTarget }) => onEdit({ apiBase: currentTarget.value })}
          />
        )}
      </Field>
      {isOwn && (
        <button
          type="button"
          class="link"
          onClick={() => onEdit({ authBase: service.presetAuthBase, apiBase: service.presetApiBase })}
        >
          {t('service_use_preset')}
        </button>
      )}
    </details>
  );
}
