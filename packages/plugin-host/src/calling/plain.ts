/** A signal of its own: listeners look at it for each message, and looking at a composed one costs as much as a part of the kernel. */
export function plain(signal: AbortSignal): AbortSignal {
  const own = new AbortController();
  if (signal.aborted) own.abort();
  else signal.addEventListener('abort', () => own.abort(), { once: true });
  return own.signal;
}
