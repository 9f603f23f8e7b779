import type { ServiceView, SettingView } from '../../../lib/actions/registrations.ts';
import type { Failure } from '../../../lib/ui/failure.ts';
import { type ControlProps, Field } from '../../../lib/ui/field.tsx';
import { useView } from '../../../lib/ui/view-context.ts';
import type { TypedService } from './service.tsx';

interface Props {
  readonly service: ServiceView;
  readonly typed: TypedService;
  readonly failure: Failure | undefined;
  readonly onEdit: (change: TypedService) => void;
}

/** What a service wants to know beyond the usual, drawn from its record; it knows no service by name. */
export function SettingFields({ service, typed, failure, onEdit }: Props) {
  return service.settings.map((setting) => (
    <Field key={setting.id} label={setting.title} name={setting.id} failure={failure} hint={setting.hint}>
      {(control) => (
        <SettingControl
          control={control}
          setting={setting}
          value={typed.settings?.[setting.id] ?? setting.value}
          onInput={(value) => onEdit({ settings: { ...typed.settings, [setting.id]: value } })}
        />
      )}
    </Field>
  ));
}

interface SettingProps {
  readonly control: ControlProps;
  readonly setting: SettingView;
  readonly value: string;
  readonly onInput: (value: string) => void;
}

const inputModes = { text: 'text', number: 'numeric', address: 'url' } as const;

function SettingControl({ control, setting, value, onInput }: SettingProps) {
  const { t } = useView();
  const { kind } = setting;
  if (kind === 'choice')
    return (
      <select {...control} value={value} onChange={({ currentTarget }) => onInput(currentTarget.value)}>
        {setting.choices?.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.title}
          </option>
        ))}
      </select>
    );
  if (kind === 'long-text')
    return (
      <textarea
        {...control}
        rows={4}
        spellcheck={false}
        value={value}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
    );
  const shared = {
    ...control,
    autoComplete: 'off',
    value,
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) =>
      onInput(currentTarget.value),
  } as const;
  if (kind === 'secret')
    return (
      <input
        {...shared}
        type="password"
        placeholder={setting.isKept ? t('service_secret_saved') : undefined}
      />
    );
  return <input {...shared} type="text" inputMode={inputModes[kind]} spellcheck={false} />;
}
