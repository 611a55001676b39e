import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What a server of the test says to a command: lines, of which `TAG` is that of the command, or whatever it does with the socket. */
export type Answer = readonly string[] | ((socket: Socket, tag: string) => void);

/** By the first words of commands: `UID FETCH`. What is left out is a friendly answer. */
export interface Script {
  readonly greeting?: Answer;
  readonly commands?: Readonly<Record<string, Answer>>;
}

const friendly: Readonly<Record<string, readonly string[]>> = {
  CAPABILITY: ['* CAPABILITY IMAP4rev1 UIDPLUS MOVE IDLE', 'TAG OK done'],
  SELECT: [
    '* FLAGS (\\Seen \\Deleted)',
    '* OK [PERMANENTFLAGS (\\Seen \\Deleted \\*)] all',
    '* 1 EXISTS',
    '* OK [UIDVALIDITY 7] valid',
    '* OK [UIDNEXT 10] next',
    'TAG OK [READ-WRITE] done',
  ],
  'UID SEARCH': ['* SEARCH 9', 'TAG OK done'],
};

export interface ScriptedServer {
  readonly port: number;
  /** What it was asked, without tags. */
  readonly said: readonly string[];
  /** How many connections it has at the moment. */
  readonly connections: number;
  close(): Promise<void>;
}

/** An IMAP server that says what a script says, whatever it is asked for. */
export async function scripted(script: Script): Promise<ScriptedServer> {
  const said: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    give(socket, '*', script.greeting ?? ['* OK ready']);
    let [rest, idling] = ['', ''];
    socket.on('data', (part) => {
      const lines = (rest + part.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        const [tag = '', ...words] = line.split(' ');
        said.push(words.join(' '));
        if (words[0] === 'IDLE') idling = tag;
        if (tag === 'DONE') give(socket, idling, ['TAG OK done']);
        else give(socket, tag, answerTo(words, script));
      }
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    said,
    get connections() {
      return sockets.size;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerTo([first = '', second = '']: readonly string[], { commands = {} }: Script): Answer {
  if (first === 'IDLE') return commands['IDLE'] ?? ['+ idling'];
  const names = [`${first} ${second}`.toUpperCase(), first.toUpperCase()];
  const known = names.find((name) => name in commands);
  if (known !== undefined) return commands[known] ?? [];
  return names.map((name) => friendly[name]).find((answer) => answer !== undefined) ?? ['TAG OK done'];
}

function give(socket: Socket, tag: string, answer: Answer): void {
  if (typeof answer === 'function') return answer(socket, tag);
  for (const line of answer) socket.write(`${line.replace('TAG', tag)}\r\n`);
}
