import type { ComponentChildren } from 'preact';

/** A link that leaves the extension: always a new tab, never with a referrer. Anything but https is shown as text. */
export function ExternalLink({ href, children }: { href: string; children: ComponentChildren }) {
  if (!href.startsWith('https://')) return <span>{children}</span>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}
