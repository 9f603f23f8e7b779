import type { VoteEnd } from '../bus/ask-until-done.ts';
import { ExternalLink } from './external-link.tsx';
import { Icon } from './icon.tsx';
import { useView } from './view-context.ts';

interface Props {
  readonly result: VoteEnd;
  /** author/permlink. */
  readonly post: string;
}

/** A vote that went through, in one sentence, with the transaction to look at; or why it waits. */
export function VoteResult({ result, post }: Props) {
  const { t } = useView();
  if (result.state === 'queued') return <p>{t(`queued_${result.reason}`)}</p>;
  const { weight, name, wasThere, transactionId, transactionUrl } = result;
  const facts = { weight, post, name };
  return (
    <div class="done">
      <p>
        <Icon name="done" />
        {weight === 0
          ? t('vote_removed', facts)
          : wasThere
            ? t('vote_was_there', facts)
            : t('vote_done', facts)}
      </p>
      {transactionId !== undefined && transactionUrl !== undefined && (
        <p class="transaction">
          {t('transaction')} <ExternalLink href={transactionUrl}>{transactionId}</ExternalLink>
        </p>
      )}
    </div>
  );
}
