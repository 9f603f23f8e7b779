import { Activity } from '../../../lib/ui/activity.tsx';
import type { CreateTab } from './tab-code.ts';

export { BatchBar } from '../../../lib/ui/batch-bar.tsx';

export const createTab: CreateTab = () => Activity;
