import type { Message } from '@waybill/contract';
import { errors } from '../errors.ts';
import type { MqMessage, MqPut } from '../handle/handle.ts';
import { writeReply } from '../headers/outgoing.ts';
import { readAddress } from '../headers/reply-address.ts';
import type { Source } from '../settings.ts';

/** The reply as it is put. `request`: where it is still in hand. Throws WB_MQ_ADDRESS, WB_MQ_REPLY_REFUSED. */
export function replyPut(reply: Message, to: string, { replyQueues }: Pick<Source, 'replyQueues'>, request?: MqMessage): MqPut {
  const address = readAddress(to);
  if (replyQueues && !replyQueues.includes(address.queue))
    throw errors.WB_MQ_REPLY_REFUSED(`Replies may not go to queue ${address.queue}.`);
  return writeReply(reply, address, request);
}
