import type { ComponentChildren } from 'preact';
import type { HealthFacts } from '../../../lib/actions/health.ts';
import type { TypedTranslate } from '../../../lib/locale/translate.ts';
import { formatBytes, formatMoment, formatNumber } from '../../../lib/ui/format.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { sayStore } from './say-store.ts';

const alarmNames = [
  ['refresh', 'alarm_refresh'],
  ['outbox', 'alarm_outbox'],
  ['lock', 'alarm_lock'],
  ['device-sign-in', 'alarm_device'],
  ['start', 'alarm_start'],
] as const;

function sayAlarm(name: string, t: TypedTranslate): string {
  const key = alarmNames.find(([alarm]) => alarm === name)?.[1];
  return key === undefined ? name : t(key);
}

function saySpace({ used, quota, isPersisted }: HealthFacts['storage'], t: TypedTranslate): string {
  const bytes = (count: number) => formatBytes(t('language_tag'), count);
  const room =
    used === undefined || quota === undefined
      ? t('diagnostics_space_unknown')
      : t('diagnostics_space_free', { used: bytes(used), free: bytes(Math.max(0, quota - used)) });
  return `${room} ${t(isPersisted ? 'diagnostics_persisted' : 'diagnostics_not_persisted')}`;
}

/** What is stored and set, as a list of names and values. */
export function DiagnosticsFacts({ facts }: { readonly facts: HealthFacts }) {
  const { t } = useView();
  const language = t('language_tag');
  const { stores, alarms, requestRules, errors, outbox, key } = facts;
  return (
    <>
      <dl class="diagnostics-facts">
        <Fact name={t('diagnostics_versions')}>
          <p>
            {t('diagnostics_versions_are', {
              version: facts.version,
              browser: facts.browser,
              vault: facts.vaultVersion ?? '?',
            })}
          </p>
          {key !== undefined && <p>{t(`diagnostics_key_${key}`)}</p>}
        </Fact>
        <Fact name={t('diagnostics_space')}>
          <p>{saySpace(facts.storage, t)}</p>
        </Fact>
        <Fact name={t('diagnostics_outbox')}>
          <p>{t('diagnostics_outbox_is', { waiting: outbox.waiting, sending: outbox.sending })}</p>
        </Fact>
        <Fact name={t('diagnostics_alarms')}>
          {alarms.length === 0 && <p>{t('diagnostics_none')}</p>}
          {alarms.map(({ name, at }) => (
            <p key={name}>
              {sayAlarm(name, t)}: {formatMoment(language, at)}
            </p>
          ))}
        </Fact>
        <Fact name={t('diagnostics_rules')}>
          {requestRules.map(({ name, isInstalled }) => (
            <p key={name} class={isInstalled ? undefined : 'health bad'}>
              <code>{name}</code>: {t(isInstalled ? 'diagnostics_installed' : 'diagnostics_not_installed')}
            </p>
          ))}
        </Fact>
        <Fact name={t('diagnostics_errors')}>
          {errors.length === 0 && <p>{t('diagnostics_none')}</p>}
          {errors.map(({ code, message, count, lastAt }) => (
            <p key={code}>
              <code>{code}</code> ×{formatNumber(language, count)}, {formatMoment(language, lastAt)}.{' '}
              {message}
            </p>
          ))}
        </Fact>
      </dl>
      <table class="diagnostics-table">
        <caption>{t('diagnostics_stored')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('diagnostics_what')}</th>
            <th scope="col">{t('diagnostics_records')}</th>
            <th scope="col">{t('diagnostics_size')}</th>
          </tr>
        </thead>
        <tbody>
          {stores.map(({ store, count, bytes }) => (
            <tr key={store}>
              <th scope="row">{sayStore(store, t)}</th>
              <td>{formatNumber(language, count)}</td>
              <td>{formatBytes(language, bytes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
