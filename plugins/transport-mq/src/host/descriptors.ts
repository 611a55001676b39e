import type { MQMD } from 'ibmmq';
import type { MqKind, MqNews, MqReport } from '../handle/handle.ts';
import type { Library } from './library.ts';
import type { MessageFacts, PutFacts } from './protocol.ts';

/** MQ counts expiry in tenths of a second. */
const tenth = 100;

/** What a descriptor says, in words. */
export function factsOf(mq: Library, md: MQMD, length: number): MessageFacts {
  const { MQC } = mq;
  const report = md.Report as number;
  return {
    kind: kindOf(mq, md.MsgType),
    msgId: md.MsgId.toString('hex'),
    correlId: md.CorrelId.toString('hex'),
    format: text(md.Format),
    ccsid: md.CodedCharSetId,
    encoding: md.Encoding,
    expiry: md.Expiry === MQC.MQEI_UNLIMITED ? undefined : md.Expiry * tenth,
    priority: md.Priority,
    persistent: md.Persistence === MQC.MQPER_PERSISTENT,
    replyTo: text(md.ReplyToQ) === '' ? undefined : { queue: text(md.ReplyToQ), manager: text(md.ReplyToQMgr) },
    passes: { msgId: (report & MQC.MQRO_PASS_MSG_ID) !== 0, correlId: (report & MQC.MQRO_PASS_CORREL_ID) !== 0 },
    feedback: newsIn(mq, md.Feedback),
    backouts: md.BackoutCount,
    putAt: instantOf(text(md.PutDate), text(md.PutTime)),
    length,
  };
}

/** The descriptor for a message that is put. */
export function mqmdFor(mq: Library, put: PutFacts): MQMD {
  const { MQC } = mq;
  const md = new mq.MQMD();
  md.MsgType = {
    datagram: MQC.MQMT_DATAGRAM,
    request: MQC.MQMT_REQUEST,
    reply: MQC.MQMT_REPLY,
    report: MQC.MQMT_REPORT,
  }[put.kind];
  if (put.msgId !== undefined) md.MsgId = Buffer.from(put.msgId, 'hex');
  if (put.correlId !== undefined) md.CorrelId = Buffer.from(put.correlId, 'hex');
  md.Format = put.format as MQMD['Format'];
  md.CodedCharSetId = put.ccsid;
  // Headers are written with the smallest byte first, whatever this machine does.
  md.Encoding = MQC.MQENC_INTEGER_REVERSED | MQC.MQENC_DECIMAL_REVERSED | MQC.MQENC_FLOAT_IEEE_REVERSED;
  md.Persistence = put.persistent ? MQC.MQPER_PERSISTENT : MQC.MQPER_NOT_PERSISTENT;
  if (put.priority !== undefined) md.Priority = put.priority;
  if (put.expiry !== undefined) md.Expiry = Math.max(1, Math.ceil(put.expiry / tenth));
  md.Report = put.reports.reduce((flags, report) => flags | reportFlags(mq)[report], 0);
  if (put.replyTo) {
    md.ReplyToQ = put.replyTo.queue;
    md.ReplyToQMgr = put.replyTo.manager;
  }
  return md;
}

function reportFlags({ MQC }: Library): Readonly<Record<MqReport, number>> {
  return { arrival: MQC.MQRO_COA, delivery: MQC.MQRO_COD, expiry: MQC.MQRO_EXPIRATION };
}

function kindOf({ MQC }: Library, type: number): MqKind {
  if (type === MQC.MQMT_REQUEST) return 'request';
  if (type === MQC.MQMT_REPLY) return 'reply';
  return type === MQC.MQMT_REPORT ? 'report' : 'datagram';
}

function newsIn({ MQC }: Library, feedback: number): MqNews {
  const words = new Map<number, MqNews>([
    [MQC.MQFB_COA, 'arrived'],
    [MQC.MQFB_COD, 'taken'],
    [MQC.MQFB_EXPIRATION, 'expired'],
    [MQC.MQFB_PAN, 'accepted'],
    [MQC.MQFB_NAN, 'refused'],
  ]);
  return words.get(feedback) ?? feedback;
}

/** Date and time as MQ writes them, `20261127` and `14031599` with hundredths of a second, in Greenwich. */
function instantOf(date: string, time: string): number | undefined {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(date) ?? [];
  const [, hours, minutes, seconds, hundredths] = /^(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(time) ?? [];
  if (year === undefined || hours === undefined) return undefined;
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hours), Number(minutes), Number(seconds), Number(hundredths) * 10);
}

/** Fields are filled up with blanks, some with NULs. */
export function text(field: string | Buffer | null | undefined): string {
  return String(field ?? '').replace(/[\0 ]+$/, '');
}
