import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What a server does at one point: lines to say, bytes that are no line, and what follows. */
export type Step =
  | string
  | readonly string[]
  | {
      readonly say?: string | readonly string[];
      readonly raw?: string;
      /** In milliseconds. */
      readonly after?: number;
      readonly ends?: 'close' | 'reset' | 'silent';
    };

/** One connection. What is left out is a friendly answer. */
export interface SessionScript {
  readonly greeting?: Step;
  readonly ehlo?: Step;
  readonly helo?: Step;
  readonly auth?: Step;
  readonly starttls?: Step;
  readonly mail?: Step;
  /** By address; `*` is for all others. */
  readonly rcpt?: Readonly<Record<string, Step>>;
  readonly data?: Step;
  readonly rset?: Step;
  readonly noop?: Step;
  readonly quit?: Step;
  /** Of LMTP: one for each recipient that was taken. */
  readonly dot?: Step | readonly Step[];
  /** Resets after so many bytes of the mail. */
  readonly dieAfterBytes?: number;
}

export interface Script {
  readonly id?: string;
  readonly what?: string;
  readonly to: readonly string[];
  readonly size?: number;
  readonly lmtp?: boolean;
  readonly giveUpAfter?: number;
  readonly mustNotSay?: string;
  readonly mustNotDeliver?: boolean;
  readonly first?: Readonly<Record<string, string | readonly string[]>>;
  readonly expect: Readonly<Record<string, string | readonly string[]>>;
  readonly sessions: readonly SessionScript[];
}

/** What was seen of one connection. */
export interface Seen {
  readonly commands: string[];
  /** With its dot-stuffing removed; undefined until the final dot came. */
  data?: Buffer | undefined;
  dots: number;
  /** Whom the mails were for that came to their end, and what was said to that for each; empty where nothing was. */
  readonly ended: Array<{ readonly address: string; readonly answer: string }>;
}

export interface ScriptServer {
  readonly port: number;
  readonly seen: readonly Seen[];
  close(): Promise<void>;
}

const friendly = ['250-mx.example.test', '250-PIPELINING', '250-8BITMIME', '250-SMTPUTF8', '250-DSN', '250 SIZE 10485760'];

/** A mail server that does what is written for its first, second … connection; the last one holds for all further ones. */
export async function startScript({ sessions, lmtp = false }: Pick<Script, 'sessions' | 'lmtp'>): Promise<ScriptServer> {
  const seen: Seen[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    const one: Seen = { commands: [], dots: 0, ended: [] };
    const session = sessions[Math.min(seen.length, sessions.length - 1)] ?? {};
    seen.push(one);
    new Conversation(socket, session, one, lmtp).begin();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    seen,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class Conversation {
  readonly #socket: Socket;
  readonly #script: SessionScript;
  readonly #seen: Seen;
  readonly #isLmtp: boolean;
  #rest = Buffer.alloc(0);
  #isInMail = false;
  #isOver = false;
  #mailBytes = 0;
  #parts: Buffer[] = [];
  #tail = Buffer.alloc(0);
  #taken: string[] = [];

  constructor(socket: Socket, script: SessionScript, seen: Seen, isLmtp: boolean) {
    this.#socket = socket;
    this.#script = script;
    this.#seen = seen;
    this.#isLmtp = isLmtp;
  }

  begin(): void {
    this.#do(this.#script.greeting, '220 mx.example.test ESMTP');
    this.#socket.on('data', (part) => {
      if (this.#isOver) return;
      this.#rest = Buffer.concat([this.#rest, part]);
      while (!this.#isOver && (this.#isInMail ? this.#takeMail() : this.#takeLine()));
    });
  }

  /** Answers whether there may be more. */
  #takeLine(): boolean {
    const end = this.#rest.indexOf('\r\n');
    if (end < 0) return false;
    const line = this.#rest.toString('utf8', 0, end);
    this.#rest = this.#rest.subarray(end + 2);
    this.#seen.commands.push(line);
    this.#answer(line);
    return true;
  }

  #takeMail(): boolean {
    const { dieAfterBytes = Number.POSITIVE_INFINITY } = this.#script;
    if (this.#mailBytes + this.#rest.length >= dieAfterBytes) {
      this.#isOver = true;
      this.#socket.resetAndDestroy();
      return false;
    }
    // Only what is new is looked at: a mail of 20 MB comes in hundreds of parts. The line end before it may be that of DATA.
    const tail = Buffer.concat([this.#tail, this.#rest]);
    const end = tail.indexOf('\r\n.\r\n');
    const mine = end < 0 ? this.#rest.length : end + 5 - this.#tail.length;
    this.#parts.push(this.#rest.subarray(0, mine));
    this.#mailBytes += mine;
    this.#tail = tail.subarray(-4);
    this.#rest = this.#rest.subarray(mine);
    if (end < 0) return false;
    const stuffed = Buffer.concat(this.#parts).toString('latin1');
    this.#seen.data = Buffer.from(stuffed.slice(0, -3).replaceAll(/^\./gm, ''), 'latin1');
    this.#seen.dots++;
    this.#isInMail = false;
    const { dot } = this.#script;
    const ofEach = this.#taken.map((_, place) => (dot as readonly Step[] | undefined)?.[place] ?? '250 2.0.0 ok');
    const steps = this.#isLmtp ? ofEach : [(dot as Step | undefined) ?? '250 2.0.0 queued as 4F2A'];
    for (const step of steps) {
      const answer = this.#isOver ? '' : firstLineOf(step);
      const whom = this.#isLmtp ? [this.#taken.shift() ?? ''] : this.#taken;
      this.#seen.ended.push(...whom.map((address) => ({ address, answer })));
      if (!this.#isOver) this.#do(step, '');
    }
    return true;
  }

  #answer(line: string): void {
    const verb = (line.split(' ')[0] ?? '').toUpperCase();
    switch (verb) {
      case 'EHLO':
      case 'LHLO':
        return this.#do(this.#script.ehlo, friendly);
      case 'HELO':
        return this.#do(this.#script.helo, '250 mx.example.test');
      case 'AUTH':
        return this.#do(this.#script.auth, '235 2.7.0 welcome');
      case 'STARTTLS':
        return this.#do(this.#script.starttls, '454 4.7.0 not now');
      case 'MAIL':
        this.#taken = [];
        return this.#do(this.#script.mail, '250 2.1.0 ok');
      case 'RCPT': {
        const address = /<(.*?)>/.exec(line)?.[1] ?? '';
        const step = this.#script.rcpt?.[address] ?? this.#script.rcpt?.['*'] ?? '250 2.1.5 ok';
        if (firstLineOf(step).startsWith('2')) this.#taken.push(address);
        return this.#do(step, '');
      }
      case 'DATA': {
        const step = this.#script.data ?? (this.#taken.length > 0 ? '354 go ahead' : '554 5.5.1 no valid recipients');
        this.#isInMail = /^[23]/.test(firstLineOf(step));
        this.#parts = [];
        this.#tail = Buffer.from('\r\n');
        return this.#do(step, '');
      }
      case 'RSET':
        return this.#do(this.#script.rset, '250 2.0.0 ok');
      case 'NOOP':
        return this.#do(this.#script.noop, '250 2.0.0 ok');
      case 'QUIT':
        return this.#do(this.#script.quit, { say: '221 2.0.0 bye', ends: 'close' });
      default:
        return this.#do('502 5.5.2 what', '');
    }
  }

  #do(step: Step | undefined, usual: Step): void {
    const chosen = step ?? usual;
    const {
      say,
      raw = '',
      after = 0,
      ends,
    } = typeof chosen === 'string' || Array.isArray(chosen)
      ? { say: chosen as string }
      : (chosen as Exclude<Step, string | readonly string[]>);
    const lines = say === undefined ? [] : [say].flat();
    if (ends !== undefined) this.#isOver = true;
    const act = (): void => {
      if (this.#socket.destroyed) return;
      const text = lines.map((line) => `${line}\r\n`).join('') + raw;
      if (text !== '') this.#socket.write(text, 'latin1');
      if (ends === 'close') this.#socket.end();
      // What was said is on its way first.
      if (ends === 'reset') setTimeout(() => this.#socket.resetAndDestroy(), text === '' ? 0 : 20);
    };
    if (after > 0) setTimeout(act, after);
    else act();
  }
}

function firstLineOf(step: Step): string {
  if (typeof step === 'string') return step;
  return Array.isArray(step) ? (step[0] ?? '') : ([(step as { readonly say?: string | readonly string[] }).say ?? ''].flat()[0] ?? '');
}
