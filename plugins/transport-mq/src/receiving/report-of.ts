import type { IncomingMessage, Report, ReportKind } from '@waybill/contract';
import type { MqMessage } from '../handle/handle.ts';
import { wordsFor } from '../handle/reasons.ts';
import { textOfId } from '../headers/ids.ts';

/**
 * What a queue manager or an application says about a message that was sent earlier. It names it by the correlation id, unless it was asked to
 * pass ids on. Undefined for one that is about nothing.
 */
export function reportOf({ kind, feedback, msgId, putAt }: MqMessage, { correlationId: about }: IncomingMessage): Report | undefined {
  if (kind !== 'report' || about === undefined) return undefined;
  const told = newsOf(feedback);
  return { about, id: `${textOfId(msgId) ?? putAt ?? ''}:${String(feedback)}:${about}`, ...told };
}

function newsOf(feedback: MqMessage['feedback']): { readonly kind: ReportKind; readonly permanent?: boolean; readonly detail: string } {
  switch (feedback) {
    case 'arrived':
      return { kind: 'delivered', detail: 'It has arrived on its queue.' };
    case 'taken':
      return { kind: 'read', detail: 'It was taken off its queue.' };
    case 'accepted':
      return { kind: 'read', detail: 'The receiver has worked on it.' };
    case 'expired':
      return { kind: 'expired', detail: 'It has expired on its queue.' };
    case 'refused':
      return { kind: 'bounced', permanent: true, detail: 'The receiver refuses it.' };
    default:
      return { kind: 'bounced', permanent: true, detail: `It was not delivered: ${wordsFor(feedback)}.` };
  }
}
