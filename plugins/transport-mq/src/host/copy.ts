import type { MQMD } from 'ibmmq';
import { undeliveredFormat, writeUndeliveredHeader } from '../headers/mqdlh.ts';
import { text } from './descriptors.ts';
import type { Library } from './library.ts';
import type { Got } from './mqi.ts';

/** The message once more, with everything that its descriptor says. */
export function copyOf(
  mq: Library,
  { md, bytes }: Got,
  { withHeader, from }: { readonly withHeader: boolean; readonly from: string },
): { readonly md: MQMD; readonly bytes: Buffer } {
  const { MQC } = mq;
  const copied = Object.assign(new mq.MQMD(), md);
  // It is here to be looked at: it does not expire, and nobody is told that it has come or gone.
  copied.Expiry = MQC.MQEI_UNLIMITED;
  copied.Report = MQC.MQRO_NONE;
  if (!withHeader) return { md: copied, bytes };
  const header = writeUndeliveredHeader({
    reason: MQC.MQRC_BACKOUT_THRESHOLD_REACHED,
    queue: from,
    manager: '',
    encoding: md.Encoding,
    ccsid: md.CodedCharSetId,
    format: text(md.Format),
    applicationType: md.PutApplType,
    application: text(md.PutApplName),
    at: new Date(),
    isLittleEndian: (MQC.MQENC_NATIVE & MQC.MQENC_INTEGER_MASK) === MQC.MQENC_INTEGER_REVERSED,
  });
  copied.Format = undeliveredFormat as MQMD['Format'];
  copied.Encoding = MQC.MQENC_NATIVE;
  copied.CodedCharSetId = 1208;
  return { md: copied, bytes: Buffer.concat([header, bytes]) };
}
