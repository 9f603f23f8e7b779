import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ViewPorts } from './view-ports.ts';

const Context = createContext<ViewPorts | undefined>(undefined);

/** Hands the ports to every component below it. */
export const ViewProvider = Context.Provider;

/** The ports of the view. Throws where no {@link ViewProvider} is above. */
export function useView(): ViewPorts {
  const ports = useContext(Context);
  if (ports === undefined) throw new Error('No ViewProvider above.');
  return ports;
}
