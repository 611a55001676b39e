import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A mail server that takes everything and keeps nothing, as little work as can be. `process.argv[2]`: what it offers, parted by commas. */
const offers = (process.argv[2] ?? '').split(',').filter((each) => each !== '');
const hello = ['sink.example.test', ...offers].map((line, place, all) => `250${place === all.length - 1 ? ' ' : '-'}${line}\r\n`).join('');
const end = Buffer.from('\r\n.\r\n');

const server = createServer({ noDelay: true }, (socket) => {
  socket.write('220 sink.example.test ESMTP\r\n');
  socket.on('error', () => undefined);
  converse(socket);
});
await once(server.listen(0, '127.0.0.1'), 'listening');
process.send?.((server.address() as AddressInfo).port);
process.once('disconnect', () => process.exit(0));

function converse(socket: Socket): void {
  let rest = Buffer.alloc(0);
  let isInMail = false;
  socket.on('data', (part) => {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    let said = '';
    for (;;) {
      if (isInMail) {
        const at = rest.indexOf(end);
        if (at < 0) break;
        rest = rest.subarray(at + end.length);
        isInMail = false;
        said += '250 2.0.0 Ok: queued as 4F2A1B\r\n';
        continue;
      }
      const at = rest.indexOf(10);
      if (at < 0) break;
      const verb = rest.toString('latin1', 0, 4);
      rest = rest.subarray(at + 1);
      isInMail = verb === 'DATA';
      said += verb === 'EHLO' ? hello : isInMail ? '354 go ahead\r\n' : verb === 'QUIT' ? '221 bye\r\n' : '250 2.1.0 ok\r\n';
    }
    if (said !== '') socket.write(said);
  });
}
