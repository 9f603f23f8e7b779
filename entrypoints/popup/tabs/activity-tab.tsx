import { Activity } from '../../../lib/ui/activity.tsx';
import type { CreateTab } from './tab-code.ts';

export const createTab: CreateTab = () => Activity;
