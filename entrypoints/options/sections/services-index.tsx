import type { ServiceView } from '../../../lib/actions/registrations.ts';
import { useView } from '../../../lib/ui/view-context.ts';

/** The id of a service's heading. */
export const headingOf = (provider: string) => `service-${provider}`;

/** Goes there, and takes the keyboard and the screen reader along. */
function goTo(provider: string): void {
  const heading = document.getElementById(headingOf(provider));
  heading?.focus({ preventScroll: true });
  heading?.closest('section')?.scrollIntoView({ block: 'start' });
}

/** All services in a line, those that are set up marked: the cards below are long. */
export function ServicesIndex({ services }: { readonly services: readonly ServiceView[] }) {
  const { t } = useView();
  return (
    <nav class="services-index" aria-label={t('section_services')}>
      {services.map(({ provider, title, isSetUp }) => (
        <button
          key={provider}
          type="button"
          class={`chip ${isSetUp ? 'done' : ''}`}
          onClick={() => goTo(provider)}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}
