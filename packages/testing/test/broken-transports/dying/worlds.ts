import { once } from 'node:events';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setImmediate as aTurn } from 'node:timers/promises';
import { makeFolder, removeFolder } from '../../../src/tools/temporary-folder.ts';
import type { Outside, OutsideMessage, Put } from '../../../src/transport/harness.ts';
import type { LineAnswer } from './line.ts';
import type { Spooled } from './spool.ts';

/** A folder for one question. */
export async function openSpool(): Promise<Outside> {
  const folder = await makeFolder();
  let put = 0;
  for (const inner of ['in', 'out', 'drafts', 'replies']) await mkdir(join(folder, inner));
  const read = async (inner: string) => {
    await aTurn();
    const names = await readdir(join(folder, inner));
    return Promise.all(names.map(async (name) => ({ name, bytes: await readFile(join(folder, inner, name)) })));
  };
  return {
    connection: { path: folder },
    inbound: {},
    outbound: {},
    async put({ id, replyTo, body }) {
      const name = String(++put).padStart(6, '0');
      await writeFile(
        join(folder, 'drafts', name),
        JSON.stringify({ id, replyTo, body: Buffer.from(body).toString('base64') } satisfies Spooled),
      );
      await rename(join(folder, 'drafts', name), join(folder, 'in', name));
      return undefined;
    },
    taken: async () => (await read('out')).map(({ name, bytes }) => ({ id: name.slice(name.indexOf('suite-')), body: bytes })),
    replyTo: 'replies',
    replies: async () =>
      (await read('replies')).map(({ bytes }) => {
        const { correlationId, body } = JSON.parse(bytes.toString()) as { correlationId?: string; body: string };
        return { correlationId, body: Buffer.from(body, 'base64') };
      }),
    close: () => removeFolder(folder),
  };
}

/** A port for one question. */
export async function openLine(): Promise<Outside> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return { connection: {}, inbound: { port }, put: (message) => say(port, message) };
}

async function say(port: number, { id, body }: OutsideMessage): Promise<Put> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.on('error', () => undefined);
  const answer = once(createInterface({ input: socket }), 'line').then(([text]) => JSON.parse(String(text)) as LineAnswer);
  const ended = once(socket, 'close').then(() => undefined);
  const heard = Promise.race([answer, ended]);
  socket.write(`${JSON.stringify({ id, body: Buffer.from(body).toString('base64') })}\n`);
  return {
    told: heard.then((one) => one?.taken === true),
    answer: heard.then((one) => (one?.body === undefined ? undefined : { body: Buffer.from(one.body, 'base64') })),
  };
}
