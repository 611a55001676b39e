import type { RecipientOutcome, TransportError } from '@waybill/contract';
import { pluginErrors } from '../errors.ts';

/** What is known of the recipients of a message, from earlier attempts and from this one; the last word on each counts. */
export function merged(
  before: readonly RecipientOutcome[] | undefined,
  now: readonly RecipientOutcome[] | undefined,
): readonly RecipientOutcome[] | undefined {
  if (!before || !now) return now ?? before;
  return [...new Map([...before, ...now].map((one) => [one.address, one])).values()];
}

/**
 * Those that a message which is handed out goes to; undefined stands for all. Where nobody is open, either a person has asked for what was parked: it
 * goes to all who have not got it; or the process ended (`isUnresolved`) after everything was noted: it goes to nobody.
 */
export function nextOnes(
  known: readonly RecipientOutcome[] | undefined,
  unknown: 'retry' | 'park',
  isUnresolved: boolean,
): readonly string[] | undefined {
  const open = openOnes(known, unknown);
  if (!known || !open || open.length > 0 || isUnresolved) return open;
  return known.filter(({ outcome }) => outcome !== 'sent').map(({ address }) => address);
}

/** What a receipt about several recipients comes to: undefined where nothing is left to do. */
export function faultIn(known: readonly RecipientOutcome[] | undefined): TransportError | undefined {
  if (!known || known.length === 0) return undefined;
  const shown = (outcome: RecipientOutcome['outcome']): string =>
    known
      .filter((one) => one.outcome === outcome)
      .map(({ address, detail }) => (detail ? `${address} (${detail})` : address))
      .join(', ');
  const retryAfter = Math.max(...known.map((one) => one.retryAfter ?? 0));
  if (known.some(({ outcome }) => outcome === 'later'))
    return pluginErrors.WB_RECIPIENTS_OPEN(`Not taken yet for ${shown('later')}.`, { recipients: known, retryAfter });
  if (known.some(({ outcome }) => outcome === 'unknown'))
    return pluginErrors.WB_RECIPIENTS_OPEN(`It is not known whether it arrived for ${shown('unknown')}.`, {
      recipients: known,
      outcome: 'unknown',
    });
  if (known.every(({ outcome }) => outcome === 'refused'))
    return pluginErrors.WB_RECIPIENTS_REFUSED(`Refused for ${shown('refused')}.`, { recipients: known });
  return undefined;
}

/** Those that another attempt goes to; undefined stands for all. What nobody knows is open where the entry says that such messages are tried again. */
function openOnes(known: readonly RecipientOutcome[] | undefined, unknown: 'retry' | 'park'): readonly string[] | undefined {
  const isOpen = ({ outcome }: RecipientOutcome): boolean => outcome === 'later' || (outcome === 'unknown' && unknown === 'retry');
  return known?.filter(isOpen).map(({ address }) => address);
}
