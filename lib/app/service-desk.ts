/** The services as people set them up: the records in their language. */
import type { Registrations, RegistrationView, SettingView } from '../accounts/registrations.ts';
import type { ActionContext } from '../actions/context.ts';
import type * as actions from '../actions/registrations.ts';
import type { Translate } from '../ports.ts';
import type { TypedForm } from '../providers/provider.ts';
import { viewParam } from './view-param.ts';

function viewSetting({ field, value, isKept }: SettingView, translate: Translate): actions.SettingView {
  return {
    id: field.id,
    title: translate(field.titleKey),
    hint: field.hintKey === undefined ? undefined : translate(field.hintKey),
    kind: field.kind,
    choices:
      field.kind === 'choice'
        ? field.choices.map(({ value: choice, titleKey }) => ({ value: choice, title: translate(titleKey) }))
        : undefined,
    isRequired: field.isRequired,
    asksForHost: field.kind === 'address' && field.asksForHost,
    value,
    isKept,
  };
}

function viewForm(provider: string, form: TypedForm, translate: Translate): actions.TypedForm {
  return {
    provider,
    id: form.id,
    title: translate(form.titleKey),
    hint: form.hintKey === undefined ? undefined : translate(form.hintKey),
    params: form.params.map((param) => viewParam(param, translate)),
  };
}

/** @param onSaved sets what follows from a service that is another now: accounts may wait for the person. */
export function createServiceDesk(
  registrations: Registrations,
  translate: Translate,
  onSaved: () => Promise<void>,
): ActionContext['registrations'] {
  const view = (registration: RegistrationView): actions.ServiceView => ({
    ...registration,
    settings: registration.settings.map((setting) => viewSetting(setting, translate)),
    forms: registration.alternatives.flatMap(({ provider, forms }) =>
      forms.map((form) => viewForm(provider, form, translate)),
    ),
  });
  return {
    list: async () => (await registrations.list()).map(view),
    async save(input) {
      const saved = await registrations.save(input);
      await onSaved();
      return view(saved);
    },
  };
}
