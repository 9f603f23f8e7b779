/** The broadcast channel on which the background says "this topic changed"; no data, so nothing can leak. */
export const announcements = 'latchkey-changes';
