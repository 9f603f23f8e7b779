import { useEffect, useRef, useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import logo from '../../assets/icons/latchkey.svg?no-inline';
import { Accounts } from '../../lib/ui/accounts.tsx';
import { BatchActivity } from '../../lib/ui/activity.tsx';
import { Unlock } from '../../lib/ui/unlock.tsx';
import { useLock } from '../../lib/ui/use-lock.ts';
import { useView } from '../../lib/ui/view-context.ts';
import { AboutSection } from './sections/about.tsx';
import { BackupSection } from './sections/backup.tsx';
import { BatchSection } from './sections/batch.tsx';
import { PeopleSection } from './sections/people.tsx';
import { RegisterOffer } from './sections/register-offer.tsx';
import { SecuritySection } from './sections/security.tsx';
import { ServicesSection } from './sections/services.tsx';

const sections = [
  'services',
  'accounts',
  'batch',
  'people',
  'activity',
  'security',
  'backup',
  'about',
] as const;
const titleId = 'section-title';
type SectionId = (typeof sections)[number];

/** The options page: one section at a time, each with an address of its own (`#accounts`). */
export function App() {
  const { t } = useView();
  const { selected, detail } = useSection();
  const isLocked = useLock()?.state === 'locked';
  return (
    <>
      <header class="brand">
        <img src={logo} alt="" />
        <h1>{t('extension_name')}</h1>
        <nav aria-label={t('options')}>
          {sections.map((id) => (
            <a key={id} href={`#${id}`} aria-current={id === selected ? 'page' : undefined}>
              {t(`section_${id}`)}
            </a>
          ))}
        </nav>
      </header>
      <main>
        {isLocked && <Unlock next={titleId} />}
        <Section key={selected} id={selected}>
          {selected === 'services' && <ServicesSection />}
          {selected === 'accounts' && (
            <Accounts
              onSetUp={() => (location.hash = 'services')}
              more={(account) => <RegisterOffer account={account} />}
            />
          )}
          {selected === 'batch' && <BatchSection />}
          {selected === 'people' && <PeopleSection />}
          {selected === 'activity' && <BatchActivity key={detail} batch={detail} />}
          {selected === 'security' && <SecuritySection />}
          {selected === 'backup' && <BackupSection />}
          {selected === 'about' && <AboutSection />}
        </Section>
      </main>
    </>
  );
}

interface SectionProps {
  readonly id: SectionId;
  readonly children: ComponentChildren;
}

/** Whoever came here by a link hears where they are: the heading takes the focus, but not when the page opens. */
function Section({ id, children }: SectionProps) {
  const { t } = useView();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (location.hash !== '') heading.current?.focus();
  }, []);
  return (
    <section class="section" aria-labelledby={titleId}>
      <h2 id={titleId} ref={heading} tabIndex={-1}>
        {t(`section_${id}`)}
      </h2>
      {children}
    </section>
  );
}

/** The section of the address, and what of it is meant: `#activity/<batch>`. */
function useSection(): { readonly selected: SectionId; readonly detail: string | undefined } {
  const read = () => {
    const [name, detail] = location.hash.slice(1).split('/');
    return { selected: sections.find((id) => id === name) ?? 'services', detail };
  };
  const [selected, setSelected] = useState(read);
  useEffect(() => {
    const life = new AbortController();
    addEventListener('hashchange', () => setSelected(read()), { signal: life.signal });
    return () => life.abort();
  }, []);
  return selected;
}
