import { createServer } from 'node:http';
import { SaxesParser } from 'saxes';
import { serve } from './serve.ts';

/** The limit: what Node does when it only receives the body, parses it with saxes, and answers. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    let elements = 0;
    const parser = new SaxesParser();
    parser.on('opentag', () => {
      elements++;
    });
    parser.on('text', () => undefined);
    parser.on('closetag', () => undefined);
    parser.write(Buffer.concat(chunks).toString()).close();
    response.writeHead(elements > 0 ? 204 : 400).end();
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address) serve(`http://127.0.0.1:${address.port}/messages`, () => server.close());
});
