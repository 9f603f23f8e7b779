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

const labels = {
  issuer: { title: 'service_issuer', hint: 'service_issuer_hint' },
  'app-host': { title: 'service_app_host', hint: 'service_app_host_hint' },
} as const;

/** The one address of a service that is somewhere else for everybody. */
export function OwnAddress({ service, typed, failure, onEdit }: Props) {
  const { t } = useView();
  const { addresses } = service;
  if (addresses !== 'issuer' && addresses !== 'app-host') return null;
  const { title, hint } = labels[addresses];
  return (
    <Field label={t(title)} name="authBase" failure={failure} hint={t(hint)}>
      {(control) => (
        <input
          {...control}
          type="text"
          inputMode="url"
          autoComplete="off"
          spellcheck={false}
          value={typed.authBase ?? service.authBase}
          onInput={({ currentTarget }) => onEdit({ authBase: currentTarget.value })}
        />
      )}
    </Field>
  );
}
