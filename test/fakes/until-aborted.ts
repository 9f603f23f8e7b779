/** What a sign-in page gives, or the signal's reason as soon as it aborts, as the port of identities promises. */
export function untilAborted<T>(
  work: Promise<T>,
  signal: AbortSignal = new AbortController().signal,
): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal.reason as Error); // An AppError by the port.
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return Promise.race([work, promise]);
}
