import { FailureNote } from '../../../lib/ui/failure-note.tsx';
import { useQuery } from '../../../lib/ui/use-query.ts';
import { useView } from '../../../lib/ui/view-context.ts';
import { Outgoing } from './outgoing.tsx';
import { PageButtons } from './page-buttons.tsx';
import { Service } from './service.tsx';
import { ServicesIndex } from './services-index.tsx';

export function ServicesSection() {
  const { t } = useView();
  const { value, failure } = useQuery('services.list', {}, ['services', 'accounts']);
  const running = useQuery('accounts.find-sign-in', {}, ['accounts']).value?.running;
  return (
    <>
      <p class="lead">{t('services_lead')}</p>
      {failure !== undefined && <FailureNote failure={failure} />}
      {value !== undefined && <ServicesIndex services={value.services} />}
      {value?.services.map((service) => (
        <Service
          key={service.provider}
          service={service}
          running={running?.provider === service.provider ? running : undefined}
        />
      ))}
      <PageButtons />
      <Outgoing />
    </>
  );
}
