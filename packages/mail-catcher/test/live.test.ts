import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { eventually } from '@waybill/testing';
import { expect, it, onTestFinished } from 'vitest';
import { KeptMails } from '../src/mails/kept-mails.ts';
import { Live } from '../src/page/live.ts';

it('what is told to a page piles up nowhere while nobody reads, and is told when somebody does', async () => {
  const kept = new KeptMails({ count: 1, bytes: 1_000 });
  const live = new Live(kept);
  const responses: ServerResponse[] = [];
  const server = createServer((_, response) => {
    live.watch(response);
    responses.push(response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  onTestFinished(() => void server.close());
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.pause();
  socket.write('GET /live HTTP/1.1\r\nHost: localhost\r\n\r\n');
  const response = await eventually(() => responses[0], { what: 'the page to be watching' });
  for (let told = 0; told < 200_000; told++) kept.clear();
  expect(response.writableLength).toBeLessThan(200_000);
  await eventually(
    () => {
      kept.clear();
      return response.writableNeedDrain;
    },
    { what: 'the page to be behind' },
  );
  let read = '';
  socket.on('data', (part) => (read = String(part)));
  socket.resume();
  await eventually(() => !response.writableNeedDrain && response.writableLength === 0, { what: 'the page to have read all' });
  read = '';
  kept.clear();
  await eventually(() => read.includes('data: 0'), { what: 'the page to be told again' });
});
