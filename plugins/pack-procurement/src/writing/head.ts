import type { ComposeContext } from '@waybill/contract';
import { timestampOf } from '@waybill/cxml';
import type { Options } from '../options.ts';

/** What whatever is written has around it. */
export interface Head {
  readonly payloadId: string;
  readonly timestamp: string;
  readonly version: string;
}

/**
 * Made of what the message is known by and not of a clock, so that a document has the same id and time at each attempt (reference/procurement-messages.md,
 * section 3.2).
 */
export function headOf({
  time,
  messageId,
  options: { host, offset, version },
}: ComposeContext<Pick<Options, 'host' | 'offset' | 'version'>>): Head {
  const millis = Date.parse(time);
  return { payloadId: `${millis}.${plain(messageId)}@${host}`, timestamp: timestampOf(millis, minutesOf(offset)), version };
}

/** Ids of messages may hold what would be a second @, or is not for the eyes of others. */
function plain(messageId: string): string {
  return messageId.replaceAll(/[^A-Za-z0-9._-]/g, '-');
}

/** `-05:30` is -330. */
function minutesOf(offset: string): number {
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(4, 6));
  return offset.startsWith('-') ? -minutes : minutes;
}
