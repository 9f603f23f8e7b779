import { useView } from '../../../lib/ui/view-context.ts';

/** Said before the click: what the button does without an account, and how to get one. */
export function HandOffNotice({
  text,
  hasAccounts,
}: {
  readonly text: string;
  readonly hasAccounts: boolean;
}) {
  const { t, openOptions } = useView();
  return (
    <div class="notice">
      <p>{text}</p>
      {!hasAccounts && (
        <button type="button" class="link" onClick={() => void openOptions()}>
          {t('tweet_connect')}
        </button>
      )}
    </div>
  );
}
