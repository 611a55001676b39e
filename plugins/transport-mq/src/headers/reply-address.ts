import { errors } from '../errors.ts';
import type { MqAddress } from '../handle/handle.ts';

/** Where a reply goes, and what its request wants of it. */
export interface ReplyAddress extends MqAddress {
  /** Its message id and correlation id, where they are others than usual. */
  readonly msgId?: Buffer | undefined;
  readonly correlId?: Buffer | undefined;
  /** The code page of the request. */
  readonly ccsid?: number | undefined;
  /** The request came without a header, so that its sender may not expect one. */
  readonly isPlain?: boolean | undefined;
}

const form = /^([A-Za-z0-9._/%]{1,48})(?:@([A-Za-z0-9._/%]{1,48}))?(?:\?([^?]*))?$/;

/** `QUEUE`, `QUEUE@MANAGER`, with what is unusual behind a question mark: `QUEUE?ccsid=500&plain=1`. */
export function writeAddress({ queue, manager, msgId, correlId, ccsid, isPlain }: ReplyAddress): string {
  const wishes = new URLSearchParams({
    ...(msgId ? { msgId: msgId.toString('hex') } : {}),
    ...(correlId ? { correlId: correlId.toString('hex') } : {}),
    ...(ccsid === undefined ? {} : { ccsid: String(ccsid) }),
    ...(isPlain ? { plain: '1' } : {}),
  }).toString();
  return `${queue}${manager === '' ? '' : `@${manager}`}${wishes === '' ? '' : `?${wishes}`}`;
}

/** Throws WB_MQ_ADDRESS. */
export function readAddress(text: string): ReplyAddress {
  const [, queue, manager = '', rest = ''] = form.exec(text) ?? [];
  if (queue === undefined) throw errors.WB_MQ_ADDRESS(`${JSON.stringify(text.slice(0, 120))} is no address of a queue.`);
  const wishes = new URLSearchParams(rest);
  const ccsid = wishes.get('ccsid');
  return {
    queue,
    manager,
    msgId: idIn(wishes.get('msgId')),
    correlId: idIn(wishes.get('correlId')),
    ccsid: ccsid !== null && /^\d{1,5}$/.test(ccsid) ? Number(ccsid) : undefined,
    isPlain: wishes.get('plain') === '1',
  };
}

function idIn(digits: string | null): Buffer | undefined {
  return digits !== null && /^[0-9a-f]{48}$/.test(digits) ? Buffer.from(digits, 'hex') : undefined;
}
