import { Accounts } from '../../../lib/ui/accounts.tsx';
import type { CreateTab } from './tab-code.ts';

export const createTab: CreateTab = ({ openOptions }) => {
  return () => <Accounts onSetUp={() => void openOptions()} />;
};
