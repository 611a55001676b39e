import { connect as connectSocket, createServer } from 'node:net';
import { settings, Type } from '@waybill/contract';
import { type Fault, fault } from './fault.ts';

export const definitionFaults: readonly Fault[] = [
  fault('says-nothing-about-a-setting', ['describes every setting, refuses unknown ones and has defaults that it would accept'], {
    transport: (sound) => ({ ...sound, connection: settings({ host: Type.Optional(Type.String()) }) }),
  }),
  fault('has-a-wrong-default', ['describes every setting, refuses unknown ones and has defaults that it would accept'], {
    transport: (sound) => ({
      ...sound,
      connection: settings({ port: Type.Integer({ maximum: 10, default: 80, description: 'The port.' }) }),
    }),
  }),
  fault('takes-any-key', ['describes every setting, refuses unknown ones and has defaults that it would accept'], {
    transport: (sound) => ({ ...sound, connection: Type.Object({}) }),
  }),
  fault('has-a-stale-card', ['agrees with the committed card'], { harness: { card: new URL('./stale.plugin.json', import.meta.url) } }),
  fault('leaves-a-server-open', ['leaves nothing open when it is closed, and can be opened again'], {
    transport: (sound) => ({
      ...sound,
      async connect(config, context) {
        await new Promise<void>((resolve) => {
          createServer().listen(0, '127.0.0.1', resolve);
        });
        return sound.connect(config, context);
      },
    }),
  }),
  fault('leaves-a-timer-behind', ['leaves no timers and sockets behind, however often it is opened'], {
    transport: (sound) => ({
      ...sound,
      async connect(config, context) {
        timers.push(setInterval(() => undefined, 60_000));
        return sound.connect(config, context);
      },
    }),
  }),
  fault('leaves-a-socket-behind', ['leaves no timers and sockets behind, however often it is opened'], {
    transport: (sound) => ({
      ...sound,
      async connect(config, context) {
        const socket = connectSocket({ port: await portOfServer(), host: '127.0.0.1' });
        socket.on('error', () => undefined);
        return sound.connect(config, context);
      },
    }),
  }),
  fault('has-its-other-side-elsewhere', ['sends what an inbound entry receives'], {
    transport: (sound) => {
      const { receive } = sound;
      return receive
        ? { ...sound, receive: { ...receive, counterpart: () => ({ connection: {}, endpoint: { queue: 'ELSEWHERE' } }) } }
        : sound;
    },
  }),
  fault('has-another-side-that-it-refuses', ['has settings that are taken, for what an outbound entry sends'], {
    transport: (sound) => {
      const { send } = sound;
      return send ? { ...sound, send: { ...send, counterpart: () => ({ connection: {}, endpoint: { queues: 'OUT' } }) } } : sound;
    },
  }),
  fault('keeps-what-its-probe-took', ['gives back what the probe of an endpoint took for it'], {
    transport: (sound) => {
      const { receive } = sound;
      if (!receive) return sound;
      let isTaken = false;
      const probe = async () => {
        isTaken = true;
      };
      const open: typeof receive.open = async (connection, endpoint, context) => {
        if (!isTaken) return receive.open(connection, endpoint, context);
        isTaken = false;
        throw new Error('The endpoint is taken.');
      };
      return { ...sound, receive: { ...receive, probe, open } };
    },
  }),
  fault('connects-without-end', ['to a far side that does not answer ends when its signal aborts'], {
    transport: (sound) => ({
      ...sound,
      connect: (config, context) => sound.connect(config, { ...context, signal: new AbortController().signal }),
    }),
  }),
  fault('holds-back-for-no-time', ['promises a time for which it holds messages back only where it has one'], {
    transport: (sound) => ({
      ...sound,
      ...(sound.receive && { receive: { ...sound.receive, guarantees: { ...sound.receive.guarantees, redelivers: { upTo: 0 } } } }),
    }),
  }),
];

const timers: NodeJS.Timeout[] = [];
let port: Promise<number> | undefined;

/** A server that says nothing and keeps what connects to it. */
function portOfServer(): Promise<number> {
  port ??= new Promise((resolve) => {
    const server = createServer(() => undefined);
    server.unref();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return port;
}
