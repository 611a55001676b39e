/** What stands in front of a message that could not be delivered: `MQDLH`, 172 bytes. */
export interface UndeliveredHeader {
  /** Why it is there, as a reason of MQ. */
  readonly reason: number;
  /** Where it was to go. */
  readonly queue: string;
  readonly manager: string;
  /** Of what follows. */
  readonly encoding: number;
  readonly ccsid: number;
  readonly format: string;
  /** Who put it where it is now. */
  readonly applicationType: number;
  readonly application: string;
  readonly at: Date;
  /** Whether numbers have their smallest byte first. */
  readonly isLittleEndian: boolean;
}

export const undeliveredFormat = 'MQDEAD';
const length = 172;

export function writeUndeliveredHeader(header: UndeliveredHeader): Buffer {
  const bytes = Buffer.alloc(length, ' ');
  const number = (value: number, at: number): void =>
    void (header.isLittleEndian ? bytes.writeInt32LE(value, at) : bytes.writeInt32BE(value, at));
  const text = (value: string, at: number, width: number): void => void bytes.write(value.slice(0, width), at, 'latin1');
  text('DLH ', 0, 4);
  number(1, 4);
  number(header.reason, 8);
  text(header.queue, 12, 48);
  text(header.manager, 60, 48);
  number(header.encoding, 108);
  number(header.ccsid, 112);
  text(header.format, 116, 8);
  number(header.applicationType, 124);
  text(header.application, 128, 28);
  const [date = '', time = ''] = header.at.toISOString().split('T');
  text(date.replaceAll('-', ''), 156, 8);
  text(time.replaceAll(/[:.Z]/g, '').slice(0, 8), 164, 8);
  return bytes;
}
