import { fsyncSync, openSync, writeSync } from 'node:fs';
import { MailServer, refusal } from '../../plugins/transport-email/test/mail-server.ts';
import type { Taken, WitnessNews, WitnessOrder } from './witness.ts';

// A mail server that writes down every mail that it has taken before it says so, and is never harmed.

process.once('disconnect', () => process.exit());
process.once('message', (order: WitnessOrder) => void serve(order));

const tell = (news: WitnessNews): void => void process.send?.(news);

async function serve({ file, answersAfter = 0, holds }: WitnessOrder): Promise<void> {
  const record = openSync(file, 'a');
  const putOff = new Set<string>();
  let isHeld = false;
  let taken = 0;
  let recipients = 0;
  /** Says nothing more where it is to do so, once. */
  const holdsAt = (point: NonNullable<WitnessOrder['holds']>['at'], count: number): boolean => {
    if (isHeld || holds?.at !== point || count < holds.count) return false;
    isHeld = true;
    tell({ held: true });
    return true;
  };
  const server = await MailServer.start({
    onRcptTo: ({ address }, _session, done) => {
      if (holdsAt('recipient', ++recipients)) return;
      if (address.startsWith('bad')) return done(refusal(550, '5.1.1 no such user'));
      if (!address.startsWith('grey') || putOff.has(address)) return done();
      putOff.add(address);
      done(refusal(451, '4.7.1 greylisted'));
    },
    onData: (stream, { hostNameAppearsAs, envelope: { rcptTo } }, done) => {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const id = /^message-id: <(.*?)>/im.exec(Buffer.concat(parts).toString('latin1'))?.[1] ?? '';
        const all = rcptTo.map(({ address }): Taken => ({ id, to: address, by: hostNameAppearsAs }));
        writeSync(record, all.map((one) => `${JSON.stringify(one)}\n`).join(''));
        fsyncSync(record);
        tell({ taken: ++taken });
        if (holdsAt('mail', taken)) return;
        // As long as a relay needs to write it down.
        setTimeout(() => done(null, 'OK: queued as 4F2A1B'), answersAfter);
      });
    },
  });
  tell({ port: server.port });
}
