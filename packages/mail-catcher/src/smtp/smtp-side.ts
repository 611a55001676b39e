import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerAddress, type SMTPServerError, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import type { Envelope } from '../mails/caught-mail.ts';
import { listening, type Place } from '../place.ts';
import { AnsweredOnce, answerOnDemand } from './answer-on-demand.ts';
import { type Arrived, Arriving } from './arriving.ts';

export interface SmtpOptions extends Place {
  /** Largest mail, in bytes. */
  readonly limit: number;
  /** How many bytes of mails may be on their way at once. */
  readonly arriving: number;
  /** Key and certificate for STARTTLS, as PEM. Without them there is none. */
  readonly tls: { readonly key: string; readonly cert: string } | undefined;
}

/** Called with each mail before it is answered; what it resolves with is the name under which the mail is kept. */
export type Keep = (source: Uint8Array, envelope: Envelope) => Promise<string>;

export interface SmtpSide {
  readonly port: number;
  /** Cuts the connections that are open. */
  readonly close: () => Promise<void>;
}

const mostConnections = 500;
const mostRecipients = 10_000;

/** Listens for mails. Throws `WB_CATCHER_PORT_IN_USE` and `WB_CATCHER_CANNOT_LISTEN`. */
export async function openSmtp(options: SmtpOptions, keep: Keep): Promise<SmtpSide> {
  const smtp = new SMTPServer({ ...announced(options), ...answering(options, keep) });
  const sockets = new Set<Socket>();
  smtp.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  // A connection that fails is the other side's business. Without a listener it would end the process; that the port is taken is seen below.
  smtp.on('error', () => undefined);
  await listening(smtp.server, () => smtp.listen(options.port, options.host), options, 'SMTP');
  return { port: (smtp.server.address() as AddressInfo).port, close: () => closed(smtp, sockets) };
}

/** What EHLO tells. */
function announced({ limit, tls }: SmtpOptions): SMTPServerOptions {
  return {
    size: limit,
    name: 'mail-catcher',
    banner: 'delivers nothing',
    hideDSN: false,
    hideENHANCEDSTATUSCODES: false,
    authMethods: ['PLAIN', 'LOGIN', 'XOAUTH2'],
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: tls === undefined ? ['STARTTLS'] : [],
    ...tls,
    disableReverseLookup: true,
    maxClients: mostConnections,
    maxRecipients: mostRecipients,
    logger: false,
  };
}

/** What is answered to commands and to mails. */
function answering({ limit, arriving }: SmtpOptions, keep: Keep): SMTPServerOptions {
  const once = new AnsweredOnce();
  const onWay = new Arriving(arriving);
  const atCommand = (address: string): SMTPServerError | null => {
    const answer = answerOnDemand(address);
    if (answer === undefined || answer.when === 'data') return null;
    return answer.when === 'once' && !once.isFirst(address) ? null : reply(answer.code, `${address} asks for this answer`);
  };
  return {
    onAuth: ({ username }, _, done) => done(atCommand(username ?? ''), { user: username ?? 'somebody' }),
    onMailFrom: ({ address }, _, done) => done(atCommand(address)),
    onRcptTo: ({ address }, _, done) => done(atCommand(address)),
    onData: (stream, session, done) =>
      void takeMail(() => onWay.take(stream, limit, (arrived) => answerToMail(arrived, session, keep, limit)), done),
  };
}

type Done = (error?: Error | null, text?: string) => void;

async function takeMail(take: () => Promise<string | SMTPServerError>, done: Done): Promise<void> {
  let answer: string | SMTPServerError;
  try {
    answer = await take();
  } catch {
    answer = reply(451, 'The mail has not come to its end');
  }
  if (typeof answer === 'string') done(null, answer);
  else done(answer);
}

async function answerToMail(arrived: Arrived, session: SMTPServerSession, keep: Keep, limit: number): Promise<string | SMTPServerError> {
  if ('refused' in arrived) {
    if (arrived.refused === 'too-large') return reply(552, `The mail is larger than ${limit} bytes`);
    return reply(452, 'Too many large mails at once; try again');
  }
  const envelope = envelopeOf(session);
  for (const address of [envelope.from, ...envelope.to.map((each) => each.address)]) {
    const answer = answerOnDemand(address);
    if (answer?.when === 'data') return reply(answer.code, `${address} asks for this answer`);
  }
  return `Kept as ${await keep(arrived.bytes, envelope)}, and delivered to nobody`;
}

function envelopeOf({ envelope, user, secure, hostNameAppearsAs }: SMTPServerSession): Envelope {
  return {
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map(recipientOf),
    envelopeId: envelope.dsn?.envid ?? undefined,
    returned: envelope.dsn?.ret ?? undefined,
    is8Bit: envelope.bodyType === '8bitmime',
    isUtf8: envelope.smtpUtf8 === true,
    login: typeof user === 'string' ? user : undefined,
    isEncrypted: secure,
    helo: hostNameAppearsAs || '',
  };
}

function recipientOf({ address, dsn }: SMTPServerAddress): Envelope['to'][number] {
  return { address, notify: dsn?.notify ?? [], original: dsn?.orcpt };
}

function reply(code: number, text: string): SMTPServerError {
  return Object.assign(new Error(text), { responseCode: code });
}

function closed(smtp: SMTPServer, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    smtp.close(resolve);
    for (const socket of sockets) socket.destroy();
  });
}
