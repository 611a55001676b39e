/**
 * The least time to wait by the header `retry-after`, in milliseconds: it holds seconds or a date. A date counts from that
 * of the answer (`date`), so that the two clocks need not agree. Undefined: nothing is said, or nothing that can be read.
 */
export function waitOf(retryAfter: string | undefined, date: string | undefined): number | undefined {
  if (retryAfter === undefined) return undefined;
  if (/^[0-9]{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  // Date.parse reads much more than the dates of HTTP, all of which begin with the day of the week.
  const due = /^[A-Z][a-z]{2,8},? /.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  const sent = Date.parse(date ?? '');
  const wait = due - (Number.isNaN(sent) ? Date.now() : sent);
  return wait > 0 ? wait : undefined;
}
