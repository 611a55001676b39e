import { resolveSettings } from '@waybill/contract/host';
import { createTransport } from 'nodemailer';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { type Relay, relay } from '../../../plugins/transport-email/src/settings/smtp.ts';
import { bodyOf } from '../../../plugins/transport-email/src/smtp/body.ts';
import { dial } from '../../../plugins/transport-email/src/smtp/opening/dial.ts';
import { Pool } from '../../../plugins/transport-email/src/smtp/pool.ts';

/** Which way mails are sent, to which port, how many, and how many of them before it is measured. */
export interface SendingTask {
  readonly way: Way;
  readonly port: number;
  readonly mails: number;
  readonly warmUp: number;
}

export type Way = 'ours' | 'connection' | 'pool';

export interface SendingFigures {
  /** Mails a second. */
  readonly rate: number;
  /** Of processor time for a mail, in microseconds. */
  readonly cpu: number;
}

const connections = 4;
const sender = 'orders@shop.example.test';
const recipient = 'ada@mill.example.test';
const line = `${'x'.repeat(74)}\r\n`;
const mail = Buffer.from(
  `From: ${sender}\r\nTo: ${recipient}\r\nSubject: order\r\nMessage-ID: <wb.1@shop.example.test>\r\n\r\n${line.repeat(52)}`,
  'latin1',
);

interface Ready {
  readonly send: () => Promise<unknown>;
  readonly close: () => unknown;
}

const ways: Readonly<Record<Way, (port: number) => Promise<Ready>>> = {
  ours: async (port) => {
    const settings = { host: '127.0.0.1', port, encryption: 'none', name: 'shop.example.test', mailsEach: 1_000_000 };
    const to = resolveSettings(relay, settings, { folder: '/' }) as Relay;
    const { signal } = new AbortController();
    const pool = new Pool((time) => dial(to, undefined, time), { most: connections, idleTimeout: 30_000, mailsEach: 1_000_000 });
    const envelope = {
      sender,
      recipients: [{ address: recipient, wire: recipient, needsUtf8: false }],
      needsUtf8: false,
      id: 'wb.1',
      notify: ['failure'],
      ret: 'headers',
    } as const;
    const send = async (): Promise<void> => {
      const body = bodyOf(mail);
      if ('impossible' in body) throw new Error(body.impossible);
      const { fates } = await pool.run((dialogue) => dialogue.transact(envelope, body, signal), signal);
      if (fates[0]?.outcome !== 'sent') throw new Error(`${fates[0]?.outcome}: ${fates[0]?.detail}`);
    };
    return { send, close: () => pool.close() };
  },
  connection: async (port) => {
    const idle = await Promise.all(Array.from({ length: connections }, () => connected(port)));
    const all = [...idle];
    const send = (): Promise<unknown> => {
      const connection = idle.pop();
      if (!connection) throw new Error('all connections are in use');
      return new Promise((resolve, reject) => {
        connection.send({ from: sender, to: [recipient] }, mail, (error, info) => {
          idle.push(connection);
          if (error) reject(error);
          else resolve(info);
        });
      });
    };
    return { send, close: () => all.forEach((one) => one.quit()) };
  },
  pool: async (port) => {
    const transport = createTransport({
      pool: true,
      host: '127.0.0.1',
      port,
      maxConnections: connections,
      maxMessages: Number.POSITIVE_INFINITY,
      ignoreTLS: true,
    });
    const send = () => transport.sendMail({ envelope: { from: sender, to: [recipient] }, raw: mail });
    return { send, close: () => transport.close() };
  },
};

async function connected(port: number): Promise<SMTPConnection> {
  const connection = new SMTPConnection({ host: '127.0.0.1', port, ignoreTLS: true });
  await new Promise<void>((resolve, reject) => connection.once('error', reject).connect((error) => (error ? reject(error) : resolve())));
  return connection;
}

async function sendAll(send: () => Promise<unknown>, mails: number): Promise<void> {
  let left = mails;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (left-- > 0) await send();
    }),
  );
}

const { way, port, mails, warmUp } = JSON.parse(process.argv[2] ?? '{}') as SendingTask;
const { send, close } = await ways[way](port);
await sendAll(send, warmUp);
const [began, cpuBefore] = [performance.now(), process.cpuUsage()];
await sendAll(send, mails);
const { user, system } = process.cpuUsage(cpuBefore);
process.send?.({ rate: (mails / (performance.now() - began)) * 1_000, cpu: (user + system) / mails } satisfies SendingFigures);
await close();
process.disconnect?.();
