import { useId, useState } from 'preact/hooks';
import type { OutboxEntryView } from '../actions/outbox.ts';
import { chains } from '../steem/chain.ts';
import { ActivityTweet } from './activity-tweet.tsx';
import { ExternalLink } from './external-link.tsx';
import { formatSchedule, type Schedule } from './local-time.ts';
import { readWait } from './read-wait.ts';
import type { Task } from './use-task.ts';
import { useView } from './view-context.ts';
import { createWhen } from './when.tsx';

interface Props {
  readonly entry: OutboxEntryView;
  /** What is done with the entries, one at a time. */
  readonly task: Task;
  /** The buttons of this one are gone, and the focus with them. */
  readonly onDone: () => void;
}

/** One thing that waits, and what can be done with it meanwhile. */
export function WaitingEntry({ entry, task, onDone }: Props) {
  const { t, invoke } = useView();
  const id = useId();
  const [isChanging, setIsChanging] = useState(false);
  const { request, parts, waitsFor } = entry;
  const change = (ask: () => Promise<{ wasInTime: boolean }>, sentence: string) =>
    void task.run(async () => {
      const { wasInTime } = await ask();
      setIsChanging(false);
      onDone();
      return wasInTime ? sentence : t('waiting_too_late');
    });
  return (
    <li class={`card entry ${waitsFor}`} aria-labelledby={id}>
      <p class="name" id={id}>
        <What entry={entry} />
      </p>
      <ActivityTweet entry={{ parts }} />
      <p class="byline">{[entry.name, entry.service].filter((fact) => fact !== '').join(' · ')}</p>
      <p class="message">{readWait(entry, t)}</p>
      {isChanging ? (
        <ChangeTime
          entry={entry}
          task={task}
          onChoose={(schedule) =>
            change(
              () => invoke('outbox.reschedule', { request, schedule }),
              t('waits_schedule', { time: formatSchedule(t('language_tag'), schedule) }),
            )
          }
          onCancel={() => {
            setIsChanging(false);
            onDone();
          }}
        />
      ) : (
        <Buttons
          entry={entry}
          isBusy={task.isRunning}
          labelId={id}
          onCancel={() => change(() => invoke('outbox.cancel', { request }), t('waiting_cancelled'))}
          onSendNow={() => change(() => invoke('outbox.send-now', { request }), t('waiting_sent_now'))}
          onChangeTime={() => setIsChanging(true)}
        />
      )}
    </li>
  );
}

interface ButtonsProps {
  readonly entry: OutboxEntryView;
  readonly isBusy: boolean;
  readonly labelId: string;
  readonly onCancel: () => void;
  readonly onSendNow: () => void;
  readonly onChangeTime: () => void;
}

function Buttons({ entry, isBusy, labelId, onCancel, onSendNow, onChangeTime }: ButtonsProps) {
  const { t } = useView();
  const { waitsFor, schedule } = entry;
  // What has left can't be taken back.
  if (waitsFor === 'answer') return null;
  const isMissed = waitsFor === 'missed';
  const button = (text: string, onClick: () => void, kind?: string) => (
    <button
      type="button"
      class={kind}
      disabled={isBusy}
      aria-describedby={labelId}
      // The second half of a double click may hit the row that has moved up.
      onClick={({ detail }) => detail < 2 && onClick()}
    >
      {text}
    </button>
  );
  return (
    <div class="buttons">
      {waitsFor !== 'turn' &&
        waitsFor !== 'locked' &&
        button(t('waiting_send_now'), onSendNow, isMissed ? 'primary' : undefined)}
      {button(isMissed ? t('waiting_skip') : t('cancel'), onCancel)}
      {schedule !== undefined && button(t('waiting_change_time'), onChangeTime)}
    </div>
  );
}

interface ChangeTimeProps {
  readonly entry: OutboxEntryView;
  readonly task: Task;
  readonly onChoose: (schedule: Schedule) => void;
  readonly onCancel: () => void;
}

function ChangeTime({ entry, task, onChoose, onCancel }: ChangeTimeProps) {
  const ports = useView();
  const { t, now } = ports;
  const [when] = useState(() => {
    const at = entry.schedule?.at ?? 0;
    return createWhen(ports, at > now() ? at : undefined);
  });
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const schedule = when.read();
        if (schedule !== undefined && !task.isRunning) onChoose(schedule);
      }}
    >
      <when.Panel failure={task.failure} isBusy={task.isRunning} end={t('cancel')} onEnd={onCancel} />
    </form>
  );
}

function What({ entry }: { readonly entry: OutboxEntryView }) {
  const { t } = useView();
  const { weight, chain, author, permlink, title } = entry;
  if (chain === undefined || author === undefined || permlink === undefined)
    return <>{title ?? t('tab_tweet')}</>;
  return (
    <>
      {weight === 0 ? t('vote_remove') : t('entry_vote', { weight: weight ?? 0 })}{' '}
      <ExternalLink href={chains[chain].postUrl(author, permlink)}>{`${author}/${permlink}`}</ExternalLink>
    </>
  );
}
