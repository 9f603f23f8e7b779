import type { FunctionComponent } from 'preact';
import type { ViewPorts } from '../../../lib/ui/view-ports.ts';

export interface TabPlace {
  /** The view has a tab of its own, with room for a wide table. */
  readonly isInTab: boolean;
  /** Leads to the Activity. */
  readonly onSeeActivity: () => void;
}

/**
 * Makes what a tab of the popup keeps as long as the popup lives, so that a look at another tab loses nothing and stops
 * nothing. Called once, when the tab's code has come.
 *
 * @param life ends with the popup.
 * @returns the view, which opens what it needs when it is first shown.
 */
export type CreateTab = (ports: ViewPorts, life: AbortSignal, place: TabPlace) => FunctionComponent;
