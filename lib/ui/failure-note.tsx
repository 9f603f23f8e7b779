import type { Failure } from './failure.ts';
import { useView } from './view-context.ts';

/** A failure in one sentence, announced at once, with the service's own words behind "Details". */
export function FailureNote({ failure, id }: { readonly failure: Failure; readonly id?: string }) {
  const { t } = useView();
  return (
    <div class="failure">
      <p role="alert" id={id}>
        {failure.message}
      </p>
      {failure.details !== undefined && failure.details !== '' && (
        <details>
          <summary>{t('details')}</summary>
          <pre>{failure.details}</pre>
        </details>
      )}
    </div>
  );
}
