import { useEffect, useId, useState } from 'preact/hooks';
import type { DeviceWaitView } from '../../../lib/actions/device.ts';
import type { ServiceView } from '../../../lib/actions/registrations.ts';
import { ExternalLink } from '../../../lib/ui/external-link.tsx';
import { TaskOutcome } from '../../../lib/ui/task-outcome.tsx';
import { useTask } from '../../../lib/ui/use-task.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import type { DeviceQrCode } from './device-qr-code.tsx';
import { type DeviceEnd, useDeviceSignIn } from './use-device-sign-in.ts';

interface Props {
  readonly service: ServiceView;
  /** Counts the codes that were fetched here. */
  readonly attempt: number;
  readonly onEnd: (end: DeviceEnd) => void;
  readonly onCancel: () => Promise<void>;
}

/** The code of a sign-in under way: large, to copy, to scan, with what is left of its time. */
export function DeviceSignIn({ service, attempt, onEnd, onCancel }: Props) {
  const wait = useDeviceSignIn(service.provider, attempt, onEnd);
  return wait === undefined ? null : <DeviceCode service={service} wait={wait} onCancel={onCancel} />;
}

interface CodeProps extends Pick<Props, 'service' | 'onCancel'> {
  readonly wait: DeviceWaitView;
}

function DeviceCode({ service, wait, onCancel }: CodeProps) {
  const { t, copy } = useView();
  const task = useTask();
  const id = useId();
  const address = wait.pageWithCode ?? wait.page;
  return (
    <div class="device" role="group" aria-labelledby={id}>
      <div class="device-text">
        <h4 id={id}>{t('device_title')}</h4>
        <p>{t('device_lead', { service: service.title })}</p>
        <p class="device-code">
          <span class="hint">{t('device_code')}</span> <code>{wait.userCode}</code>
        </p>
        <TimeLeft until={wait.expiresAt} />
        {wait.trouble !== undefined && <p class="hint">{wait.trouble}</p>}
        <div class="buttons">
          <ExternalLink href={address}>{t('device_open')}</ExternalLink>
          <button
            type="button"
            onClick={() =>
              void task.run(async () => {
                await copy(wait.userCode);
                return t('copied');
              })
            }
          >
            {t('copy')}
          </button>
          <button type="button" onClick={() => void onCancel()}>
            {t('cancel')}
          </button>
        </div>
        <TaskOutcome task={task} />
      </div>
      <QrCode text={address} />
    </div>
  );
}

/** Minutes and seconds; not announced, or a screen reader would speak every second. */
function TimeLeft({ until }: { readonly until: number }) {
  const { t, now, sleep } = useView();
  const [left, setLeft] = useState(until - now());
  useEffect(() => {
    const life = new AbortController();
    const count = async () => {
      for (let rest = until - now(); rest > 0; rest = until - now()) {
        setLeft(rest);
        // Until the second that is shown is over.
        await sleep((rest % 1000) + 1, life.signal);
      }
      setLeft(0);
    };
    count().catch(() => undefined);
    return () => life.abort();
  }, [until, now, sleep]);
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <p class="hint" role="timer">
      {t('device_left', { time })}
    </p>
  );
}

/** Its code comes only when it is needed. */
function QrCode({ text }: { readonly text: string }) {
  const { t } = useView();
  const [Code, setCode] = useState<{ readonly Draw: typeof DeviceQrCode }>();
  useEffect(() => {
    // Without the picture there are still the code and the link.
    import('./device-qr-code.tsx').then(
      (module) => setCode({ Draw: module.DeviceQrCode }),
      () => undefined,
    );
  }, []);
  return Code === undefined ? null : <Code.Draw text={text} label={t('device_qr')} />;
}
