import { has, MQC } from '../mqi.ts';
import type { QueueManager } from '../queue-manager.ts';
import { newId, stampOf } from '../queues/identity.ts';
import type { Descriptor, Message } from '../queues/message.ts';

/** Why a report is due: the message has reached its queue, was got from it, or has expired. */
export type Reason = 'arrival' | 'delivery' | 'expiration';

const kinds = {
  arrival: { asked: MQC.MQRO_COA, withData: MQC.MQRO_COA_WITH_DATA, full: MQC.MQRO_COA_WITH_FULL_DATA, feedback: MQC.MQFB_COA },
  delivery: { asked: MQC.MQRO_COD, withData: MQC.MQRO_COD_WITH_DATA, full: MQC.MQRO_COD_WITH_FULL_DATA, feedback: MQC.MQFB_COD },
  expiration: {
    asked: MQC.MQRO_EXPIRATION,
    withData: MQC.MQRO_EXPIRATION_WITH_DATA,
    full: MQC.MQRO_EXPIRATION_WITH_FULL_DATA,
    feedback: MQC.MQFB_EXPIRATION,
  },
} as const;

/** A report on a message, when its sender has asked for one and the queue for it is here. */
export function reportOn(qm: QueueManager, message: Message, why: Reason): Message | undefined {
  const { asked, withData, full, feedback } = kinds[why];
  const { descriptor } = message;
  const way = qm.transmissionQueue(descriptor.ReplyToQMgr);
  const queue = way ?? qm.queueNamed(descriptor.ReplyToQ);
  if (!has(descriptor.Report, asked) || queue === undefined || queue === 'unknown') return undefined;
  const remote = way && { queue: descriptor.ReplyToQ, queueManager: descriptor.ReplyToQMgr };
  const wants = (flags: number) => (descriptor.Report & flags) === flags;
  const body = wants(full) ? message.body : message.body.subarray(0, wants(withData) ? 100 : 0);
  return {
    order: qm.nextOrder(),
    queue: queue.name,
    descriptor: reportDescriptor(qm, descriptor, feedback, body.length > 0),
    body,
    properties: [],
    remote,
  };
}

function reportDescriptor(qm: QueueManager, about: Descriptor, feedback: number, hasData: boolean): Descriptor {
  return {
    ...about,
    ...stampOf(qm.options.name),
    Report: MQC.MQRO_NONE,
    MsgType: MQC.MQMT_REPORT,
    Feedback: feedback,
    Expiry: MQC.MQEI_UNLIMITED,
    Format: hasData ? about.Format : MQC.MQFMT_NONE.trim(),
    MsgId: has(about.Report, MQC.MQRO_PASS_MSG_ID) ? about.MsgId : newId(qm.options.name),
    CorrelId: has(about.Report, MQC.MQRO_PASS_CORREL_ID) ? about.CorrelId : about.MsgId,
    BackoutCount: 0,
    ReplyToQ: '',
    ReplyToQMgr: qm.options.name,
    PutApplType: MQC.MQAT_QMGR,
  };
}
