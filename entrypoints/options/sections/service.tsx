import { useState } from 'preact/hooks';
import type { ServiceView } from '../../../lib/actions/registrations.ts';
import { ActionError } from '../../../lib/bus/client.ts';
import { ExternalLink } from '../../../lib/ui/external-link.tsx';
import { Field } from '../../../lib/ui/field.tsx';
import { type RunningSignIn, SignInWaiting } from '../../../lib/ui/sign-in-waiting.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useFocusOnError } from '../../../lib/ui/use-focus-on-error.ts';
import { type Task, useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { BaseAddresses } from './base-addresses.tsx';
import { ClientSecret } from './client-secret.tsx';
import { DeviceSignIn } from './device-sign-in.tsx';
import { CustomLookups } from './custom-lookups.tsx';
import { guides, labels } from './guides.ts';
import { readHostsToAskFor } from './host-to-ask-for.ts';
import { OwnAddress } from './own-address.tsx';
import { PostingPrices } from './posting-prices.tsx';
import { RedirectAddress } from './redirect-address.tsx';
import { headingOf } from './services-index.tsx';
import { SettingFields } from './setting-fields.tsx';
import { type TypedForm, TypedFormView } from './typed-form.tsx';
import type { DeviceEnd } from './use-device-sign-in.ts';

/** What the person has typed and not saved; whatever is missing is as the service has it. */
export interface TypedService {
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly forgetsSecret?: boolean;
  readonly authBase?: string;
  readonly apiBase?: string;
  /** By field id. */
  readonly settings?: Readonly<Record<string, string>>;
}

const fields = ['clientId', 'clientSecret', 'authBase', 'apiBase'];

interface Props {
  readonly service: ServiceView;
  /** The sign-in of this service that is under way. */
  readonly running: RunningSignIn | undefined;
}

/** One service: what to do at its console, what to paste from there, and signing in. */
export function Service({ service, running }: Props) {
  const { t, invoke, requestHosts } = useView();
  const task = useTask();
  const form = useFocusOnError(task.failure);
  const id = headingOf(service.provider);
  const [typed, setTyped] = useState<TypedService>({});
  /** What is typed instead of going to a sign-in page. */
  const [openForm, setOpenForm] = useState<TypedForm>();
  const edit = (change: TypedService) => setTyped({ ...typed, ...change });
  const { provider, title } = service;
  const guide = guides[service.guide];
  const input = {
    provider,
    clientId: (typed.clientId ?? service.clientId).trim(),
    authBase: (typed.authBase ?? service.authBase).trim(),
    apiBase: (typed.apiBase ?? service.apiBase).trim(),
    settings: typed.settings ?? {},
    ...readSecret(typed),
  };

  const save = async () => {
    const { service: saved } = await invoke('services.save', input);
    setTyped({});
    return saved;
  };
  /** Browsers ask for a permission only straight from the click, so this comes before anything that waits. */
  const withPermission = (work: () => Promise<string>, meanwhile?: string) => {
    const hosts = readHostsToAskFor(service, input);
    const [first] = hosts;
    const permission =
      first === undefined ? Promise.resolve(true) : requestHosts(hosts.map(({ pattern }) => pattern));
    // Running from the press on: what was wrong before is gone while the browser asks.
    void task.run(async () => {
      if (!(await permission.catch(() => false)))
        throw new ActionError({
          code: 'permission_missing',
          message: t('error_permission_missing', { host: first?.name ?? '' }),
          ...(first && { field: first.field }),
        });
      return work();
    }, meanwhile);
  };
  const codes = useCodes(provider, task);
  const signIn = async (request: { provider: string; typed?: Record<string, string> } = { provider }) => {
    const { signInBy } = Object.keys(typed).length > 0 ? await save() : service;
    if (signInBy === 'code') return codes.begin();
    const { account } = await invoke('accounts.sign-in', request);
    setOpenForm(undefined);
    return t('signed_in', { name: account.name });
  };
  const signInTyped = (form: TypedForm, fields: Readonly<Record<string, string>> = {}) =>
    withPermission(() => signIn({ provider: form.provider, typed: { ...fields, form: form.id } }));

  return (
    <section class="card service" aria-labelledby={id}>
      <div class="card-head">
        <h3 id={id} tabIndex={-1}>
          {title}
        </h3>
        {service.chain !== undefined && <span class="chip">{t(`chain_${service.chain}`)}</span>}
        <span class={`chip ${service.isSetUp ? 'done' : ''}`}>
          {service.isSetUp ? t('service_accounts', { count: service.accounts }) : t('service_not_set_up')}
        </span>
      </div>
      {provider === 'steemconnect' && <p class="notice">{t('service_steemconnect_note')}</p>}
      {service.fields === 'api-key' || service.guide === 'x' ? <PostingPrices /> : null}
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          withPermission(async () => {
            await save();
            return t('service_saved', { service: title });
          });
        }}
      >
        <ol class="steps">
          <li>
            <p>
              {t(guide.console)}{' '}
              {service.consoleUrl !== '' && (
                <ExternalLink href={service.consoleUrl}>
                  {t('service_console', { service: title })}
                </ExternalLink>
              )}
            </p>
          </li>
          {guide.redirect !== undefined && (
            <li>
              <RedirectAddress address={service.redirectUrl} hint={t(guide.redirect)} />
            </li>
          )}
          {service.broadcaster !== undefined && (
            <li>
              <p>{t('service_step_broadcaster', { name: `@${service.broadcaster}` })}</p>
            </li>
          )}
          <li>
            <Field
              label={t(labels[service.fields].id)}
              name="clientId"
              failure={task.failure}
              hint={t(guide.id)}
            >
              {(control) => (
                <input
                  {...control}
                  type="text"
                  autoComplete="off"
                  spellcheck={false}
                  value={typed.clientId ?? service.clientId}
                  onInput={({ currentTarget }) => edit({ clientId: currentTarget.value })}
                />
              )}
            </Field>
            <ClientSecret service={service} typed={typed} failure={task.failure} onEdit={edit} />
            <OwnAddress service={service} typed={typed} failure={task.failure} onEdit={edit} />
            <SettingFields service={service} typed={typed} failure={task.failure} onEdit={edit} />
            {service.addresses === 'editable' && (
              <BaseAddresses service={service} typed={typed} failure={task.failure} onEdit={edit} />
            )}
          </li>
          <li>
            <p>{t(guide.signIn)}</p>
            <div class="buttons">
              <button type="submit" class={service.isSetUp ? undefined : 'primary'} disabled={task.isRunning}>
                {t('save')}
              </button>
              <button
                type="button"
                class={service.isSetUp ? 'primary' : undefined}
                disabled={task.isRunning}
                onClick={() =>
                  withPermission(
                    () => signIn(),
                    service.signInBy === 'code' ? undefined : t('sign_in_running'),
                  )
                }
              >
                {t('sign_in')}
              </button>
              {service.forms.map((entry) => (
                <button
                  key={`${entry.provider} ${entry.id}`}
                  type="button"
                  disabled={task.isRunning}
                  onClick={() => (entry.params.length === 0 ? signInTyped(entry) : setOpenForm(entry))}
                >
                  {entry.title}
                </button>
              ))}
            </div>
          </li>
        </ol>
        <SignInWaiting running={running} />
        {service.signInBy === 'code' && <DeviceSignIn service={service} {...codes.shown} />}
      </form>
      {openForm !== undefined && (
        <TypedFormView
          key={`${openForm.provider} ${openForm.id}`}
          form={openForm}
          failure={task.failure}
          isRunning={task.isRunning}
          onSubmit={(fields) => signInTyped(openForm, fields)}
          onClose={() => setOpenForm(undefined)}
        />
      )}
      <TaskOutcome
        task={task}
        shownAtFields={[
          ...fields,
          ...service.settings.map((setting) => setting.id),
          ...(openForm?.params ?? []).map((param) => param.id),
        ]}
      />
      <CustomLookups service={service} />
    </section>
  );
}

/** Signing in by a code, for services that do so; how it ends is the form's to say. */
function useCodes(provider: string, task: Task) {
  const { t, invoke } = useView();
  const [attempt, setAttempt] = useState(0);
  const say = (text: string) => task.run(() => Promise.resolve(text));
  const onEnd = (end: DeviceEnd) => {
    if (end.state === 'failed') task.fail(end.failure);
    else void say(end.state === 'signed_in' ? t('signed_in', { name: end.name }) : t('device_ended'));
  };
  const onCancel = () =>
    task.run(async () => {
      await invoke('accounts.cancel-device', { provider });
      setAttempt((before) => before + 1);
      return t('device_cancelled');
    });
  const begin = async () => {
    await invoke('accounts.begin-device', { provider });
    setAttempt((before) => before + 1);
    return t('device_waiting');
  };
  return { begin, shown: { attempt, onEnd, onCancel } };
}

/** Nothing keeps the saved secret, an empty text forgets it. */
function readSecret({ clientSecret = '', forgetsSecret = false }: TypedService): { clientSecret?: string } {
  if (forgetsSecret) return { clientSecret: '' };
  return clientSecret === '' ? {} : { clientSecret };
}
