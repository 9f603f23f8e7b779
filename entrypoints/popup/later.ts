/** Sending at a time to come, and what is told of it: rare, so the code comes when it is wanted, in one piece. */
export { Kept } from '../../lib/ui/kept.tsx';
export { createWhen } from '../../lib/ui/when.tsx';
