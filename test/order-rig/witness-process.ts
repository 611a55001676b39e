import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { type Fact, Judge } from './judge.ts';
import type { Mark } from './mark.ts';
import type { Question } from './witness.ts';

const judge = new Judge();

const facts = createServer({ noDelay: true }, (socket) => {
  // A process that is killed resets its connection, which both of them tell.
  socket.on('error', () => undefined);
  createInterface(socket)
    .on('error', () => undefined)
    .on('line', (line) => {
      const fact = JSON.parse(line) as Fact;
      judge.see(fact);
      socket.write(judge.wasRefused(fact.id) ? 'refused\n' : 'written\n');
    });
});

const far = createHttpServer((request, response) => {
  const parts: Buffer[] = [];
  request.on('error', () => undefined).on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const mark = JSON.parse(Buffer.concat(parts).toString()) as Mark;
    judge.see({ what: 'arrived', process: 0, id: String(request.headers['idempotency-key']), mark });
    response.writeHead(204).end();
  });
});

process.once('disconnect', () => process.exit());
process.on('message', (question: Question) => process.send?.(answerTo(question)));

function answerTo(question: Question): unknown {
  if (question === 'counts') return judge.counts;
  if (question === 'findings') return judge.findings();
  judge.see(question);
  return true;
}

const ports = [facts, far].map(async (server) => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
});
process.send?.(await Promise.all(ports));
