import { connect, type Socket } from 'node:net';
import { orderStatus } from './message.ts';

/**
 * The load, in a process of its own: raw sockets with keep-alive and one request after the other on each, so that the
 * load costs as little as possible. Takes one order from its parent, answers with what it saw.
 */
export interface LoadOrder {
  readonly url: string;
  readonly connections: number;
  /** How long to load, in milliseconds. */
  readonly duration: number;
  /** Requests a second in all; undefined: as many as the server takes. */
  readonly rate?: number | undefined;
  /** True: every request has an id of its own, so that the receiver has to look whether it knows the message. */
  readonly ids?: boolean | undefined;
}

export interface LoadResult {
  /** Answered requests a second. */
  readonly rate: number;
  /** Latency in milliseconds. With a rate it counts from when the request was due, so that a stall is not hidden. */
  readonly p50: number;
  readonly p99: number;
  readonly failed: number;
}

process.on('message', (order: LoadOrder) => {
  void load(order).then((result) => process.send?.(result));
});

async function load({ url, connections, duration, rate, ids = false }: LoadOrder): Promise<LoadResult> {
  const { hostname, port, pathname } = new URL(url);
  const head = `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/xml\r\ncontent-length: ${orderStatus.length}\r\n\r\n`;
  const plain = Buffer.concat([Buffer.from(head), orderStatus]);
  const own = `${process.hrtime.bigint()}`;
  let sent = 0;
  const withId = () => Buffer.concat([Buffer.from(`${head.slice(0, -2)}idempotency-key: ${own}-${sent++}\r\n\r\n`), orderStatus]);
  const latencies: number[] = [];
  let failed = 0;
  const since = performance.now();
  const until = since + duration;
  let due = 0;
  const nextDue = () => since + (due++ * 1000) / (rate ?? 1);
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const exchange = await open(hostname, Number(port));
      for (;;) {
        const start = rate === undefined ? performance.now() : nextDue();
        if (start >= until) break;
        const wait = start - performance.now();
        if (wait > 1) await new Promise((resolve) => setTimeout(resolve, wait));
        const status = await exchange.send(ids ? withId() : plain);
        latencies.push(performance.now() - start);
        if (status >= 300) failed++;
      }
      exchange.close();
    }),
  );
  const took = performance.now() - since;
  latencies.sort((a, b) => a - b);
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { rate: (latencies.length / took) * 1000, p50: at(0.5), p99: at(0.99), failed };
}

async function open(host: string, port: number) {
  const socket: Socket = connect({ host, port, noDelay: true });
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  let answered: ((status: number) => void) | undefined;
  let text = '';
  socket.on('error', () => answered?.(599));
  socket.on('close', () => answered?.(599));
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    const end = text.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/content-length: *([0-9]+)/i.exec(text.slice(0, end))?.[1] ?? 0);
    if (text.length < end + 4 + length) return;
    const status = Number(text.slice(9, 12));
    text = text.slice(end + 4 + length);
    answered?.(status);
  });
  return {
    send: (request: Buffer) =>
      new Promise<number>((resolve) => {
        answered = resolve;
        socket.write(request);
      }),
    close: () => socket.destroy(),
  };
}
