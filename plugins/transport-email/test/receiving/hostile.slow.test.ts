import type { Socket } from 'node:net';
import { isWaybillError } from '@waybill/contract';
import { eventually, type Outside, Rig, settled, stays } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import transport from '../../src/index.ts';
import { Mailbox } from '../../src/receiving/mailbox.ts';
import { type Script, scripted } from './scripted.ts';

/** Opens a listener at a server that plays a script. */
async function atScript(
  script: Script,
  act: (rig: Rig, said: readonly string[]) => Promise<void>,
  imap: Readonly<Record<string, unknown>> = {},
  every = '100ms',
): Promise<void> {
  const server = await scripted(script);
  const auth = { password: { user: 'orders@shop.test', password: 'secret' } };
  const connection = {
    domain: 'shop.test',
    imap: { host: '127.0.0.1', port: server.port, encryption: 'none', auth, connectTimeout: '1s', silence: '2s', ...imap },
  };
  const inbound = { every, limit: '100KB' };
  const rig = await Rig.open<Outside>(transport, { prepare: async () => ({ connection, inbound, close: () => server.close() }) });
  try {
    await act(rig, server.said);
  } finally {
    await rig.close();
  }
}

async function codeOf(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => 'it went well',
    (cause: unknown) => cause,
  );
  return isWaybillError(error) ? error.code : error;
}

const fetched = (size: number, source: string): Script['commands'] => ({
  'UID FETCH': (socket, tag) => {
    socket.write(
      `* 1 FETCH (UID 9 RFC822.SIZE ${size} INTERNALDATE "27-Nov-2026 12:00:00 +0000" BODY[]<0> ${source})\r\n${tag} OK done\r\n`,
    );
  },
});

/** Says the same for ever, as long as somebody takes it. */
function endless(socket: Socket, begin: string): void {
  socket.write(begin);
  const more = Buffer.alloc(64 * 1024, 'x');
  const pump = (): void => {
    while (!socket.destroyed && socket.write(more));
  };
  socket.on('drain', pump);
  pump();
}

describe('a server that', () => {
  it.each<readonly [string, Script, string]>([
    ['says nothing', { greeting: [] }, 'WB_EMAIL_MAILBOX_UNREACHABLE'],
    ['sends away', { greeting: ['* BYE too many'] }, 'WB_EMAIL_MAILBOX_UNREACHABLE'],
    ['speaks something else', { greeting: ['220 mail.test ESMTP'] }, 'WB_EMAIL_MAILBOX_UNREACHABLE'],
    ['hangs up', { greeting: (socket) => void socket.destroy() }, 'WB_EMAIL_MAILBOX_UNREACHABLE'],
    ['never ends its greeting', { greeting: (socket) => endless(socket, '* OK ') }, 'WB_EMAIL_MAILBOX_UNREACHABLE'],
    [
      'does not know the password',
      { commands: { LOGIN: ['TAG NO [AUTHENTICATIONFAILED] no'], AUTHENTICATE: ['TAG NO no'] } },
      'WB_EMAIL_MAILBOX_LOGIN',
    ],
    ['has no such folder', { commands: { SELECT: ['TAG NO [NONEXISTENT] there is none'] } }, 'WB_EMAIL_FOLDER'],
    ['lets nobody change the folder', { commands: { SELECT: ['* 0 EXISTS', 'TAG OK [READ-ONLY] look only'] } }, 'WB_EMAIL_FOLDER'],
    [
      'keeps no keywords',
      { commands: { SELECT: ['* 0 EXISTS', '* OK [PERMANENTFLAGS (\\Seen \\Deleted)] some', 'TAG OK [READ-WRITE] done'] } },
      'WB_EMAIL_KEYWORDS',
    ],
  ])('%s is told by its code', async (_, script, code) => {
    await atScript(script, async (rig) => {
      expect(await codeOf(rig.listen())).toBe(code);
    });
  });

  it('has no STARTTLS never sees a password', async () => {
    await atScript(
      {},
      async (rig, said) => {
        expect(await codeOf(rig.listen())).toBe('WB_EMAIL_MAILBOX_TLS');
        expect(said.some((line) => line.startsWith('LOGIN') || line.startsWith('AUTHENTICATE'))).toBe(false);
      },
      { encryption: 'starttls' },
    );
  });

  it.each<readonly [string, Script['commands'], string]>([
    ['does not search', { 'UID SEARCH': ['TAG NO not now'] }, 'WB_EMAIL_FOLDER'],
    ['sends more of a mail than it was asked for', fetched(50, '{900000000}\r\n'), 'WB_EMAIL_MAILBOX_GONE'],
    [
      'never ends a mail',
      { 'UID FETCH': (socket) => endless(socket, '* 1 FETCH (UID 9 RFC822.SIZE 50 BODY[]<0> {4000000000}\r\n') },
      'WB_EMAIL_MAILBOX_GONE',
    ],
    ['never ends a line', { 'UID FETCH': (socket) => endless(socket, '* 1 FETCH (UID 9 ') }, 'WB_EMAIL_MAILBOX_GONE'],
    ['falls silent', { 'UID FETCH': [] }, 'WB_EMAIL_MAILBOX_GONE'],
    ['says good-bye', { 'UID FETCH': ['* BYE maintenance'] }, 'WB_EMAIL_MAILBOX_GONE'],
  ])('%s ends run()', async (_, commands, code) => {
    await atScript({ commands: commands ?? {} }, async (rig) => {
      const desk = await rig.listen();
      const before = process.memoryUsage().rss;
      expect(await codeOf(desk.ending())).toBe(code);
      expect(process.memoryUsage().rss - before).toBeLessThan(150_000_000);
      expect(desk.all).toEqual([]);
    });
  });

  it('does not mark a mail ends run()', async () => {
    const mail = 'Subject: one\r\n\r\ntext\r\n';
    const commands = { ...fetched(mail.length, `{${mail.length}}\r\n${mail}`), 'UID STORE': ['TAG NO not allowed'] };
    await atScript({ commands }, async (rig) => {
      const desk = await rig.listen();
      (await desk.next()).accept();
      expect(await codeOf(desk.ending())).toBe('WB_EMAIL_NOT_SETTLED');
    });
  });

  it.each<readonly [string, readonly string[]]>([
    ['has not got a mail any more', ['TAG OK done']],
    ['lists a mail without its content', ['* 1 FETCH (UID 9 RFC822.SIZE 50 BODY[]<0> NIL)', 'TAG OK done']],
    ['answers with another mail', ['* 2 FETCH (UID 8 RFC822.SIZE 50 BODY[]<0> "Subject: other")', 'TAG OK done']],
  ])('%s has no empty mail', async (_, answer) => {
    await atScript({ commands: { 'UID FETCH': answer } }, async (rig, said) => {
      const desk = await rig.listen();
      await rig.eventually(() => said.filter((line) => line.startsWith('UID FETCH')).length > 1, 'a second try');
      await stays(() => !desk.ended, { what: 'a listener that runs', within: 100 });
      expect(desk.all).toEqual([]);
    });
  });

  it('names the last mail for a range behind it has no new mail', async () => {
    const mail = 'Subject: one\r\n\r\ntext\r\n';
    let searches = 0;
    const search = (socket: Socket, tag: string): void => {
      searches += 1;
      socket.write(`* SEARCH 9\r\n* ${searches + 1} EXISTS\r\n${tag} OK done\r\n`);
    };
    const commands = { ...fetched(mail.length, `{${mail.length}}\r\n${mail}`), 'UID SEARCH': search };
    const act = async (rig: Rig, said: readonly string[]): Promise<void> => {
      const desk = await rig.listen();
      (await desk.next()).accept();
      const looks = (): number => said.filter((line) => line.startsWith('UID SEARCH UID 10:*')).length;
      await rig.eventually(() => said.some((line) => line.startsWith('UID STORE')), 'the mark');
      const before = looks();
      await rig.eventually(() => looks() > before + 2, 'looks behind the last mail');
      expect(desk.all.length).toBe(1);
    };
    await atScript({ commands }, act, {}, '1m');
  });
});

describe('a session that is not open in time', () => {
  it.each<readonly [string, Script]>([
    ['the server says nothing', { greeting: [] }],
    ['the server does not say whether it lets this side in', { commands: { LOGIN: [], AUTHENTICATE: [] } }],
    ['the server does not open the folder', { commands: { SELECT: [] } }],
  ])('is given up where %s', async (_, script) => {
    const server = await scripted(script);
    const password = { user: 'orders@shop.test', password: 'secret' };
    const settings = { host: '127.0.0.1', port: server.port, encryption: 'none', auth: { password } } as const;
    const times = { connectTimeout: 60_000, silence: 60_000, idle: 60_000 };
    const time = new AbortController();
    const opening = codeOf(Mailbox.open({ settings: { ...settings, ...times }, token: undefined }, 'INBOX', 1_000, time.signal));
    await eventually(() => server.connections > 0, { what: 'a connection' });
    time.abort();
    expect(await settled(opening, { what: 'the end of opening', within: 5_000 })).toBe('WB_EMAIL_MAILBOX_UNREACHABLE');
    await server.close();
  });
});
