import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Icon, type IconName } from './icon.tsx';

export interface Tab<Id extends string> {
  readonly id: Id;
  readonly title: string;
  readonly icon: IconName;
  /** Things in it that wait for the person; 0 for none. */
  readonly count: number;
  /** What the count means, for screen readers. */
  readonly countTitle: string;
}

interface Props<Id extends string> {
  readonly label: string;
  readonly tabs: readonly Tab<Id>[];
  readonly selected: Id;
  readonly onSelect: (id: Id) => void;
  /** The person is about to select a tab: the pointer or the focus is on it. */
  readonly onApproach?: (id: Id) => void;
  readonly children: ComponentChildren;
}

/** The id of a tab's own element. */
export const tabElementId = (id: string) => `tab-${id}`;

/** Tabs after the ARIA Authoring Practices: arrow keys, Home and End move, only the selected tab is a tab stop. */
export function Tabs<Id extends string>({
  label,
  tabs,
  selected,
  onSelect,
  onApproach,
  children,
}: Props<Id>) {
  const list = useRef<HTMLDivElement>(null);
  const move = (event: KeyboardEvent) => {
    const index = findTarget(
      event.key,
      tabs.findIndex(({ id }) => id === selected),
      tabs.length,
    );
    const target = index === undefined ? undefined : tabs[index];
    if (target === undefined) return;
    event.preventDefault();
    onSelect(target.id);
    list.current?.querySelector<HTMLElement>(`#${tabElementId(target.id)}`)?.focus();
  };
  return (
    <>
      <div role="tablist" aria-label={label} class="tabs" ref={list} onKeyDown={move}>
        {tabs.map((tab) => (
          <button
            type="button"
            role="tab"
            id={tabElementId(tab.id)}
            key={tab.id}
            aria-selected={tab.id === selected}
            aria-controls="panel"
            aria-describedby={tab.count > 0 ? `count-${tab.id}` : undefined}
            tabIndex={tab.id === selected ? 0 : -1}
            onClick={() => onSelect(tab.id)}
            onPointerEnter={() => onApproach?.(tab.id)}
            onFocus={() => onApproach?.(tab.id)}
          >
            <Icon name={tab.icon} />
            <span>{tab.title}</span>
            {tab.count > 0 && (
              <>
                <span class="count" title={tab.countTitle} aria-hidden="true">
                  {tab.count > 99 ? '99+' : tab.count}
                </span>
                <span hidden id={`count-${tab.id}`}>
                  {tab.countTitle}
                </span>
              </>
            )}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="panel" aria-labelledby={tabElementId(selected)} class="panel" tabIndex={-1}>
        {children}
      </div>
    </>
  );
}

function findTarget(key: string, index: number, length: number): number | undefined {
  if (key === 'ArrowRight') return (index + 1) % length;
  if (key === 'ArrowLeft') return (index - 1 + length) % length;
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  return undefined;
}
