import { defineTransport } from '@waybill/contract';
import { transportSuite } from '@waybill/testing';
import http, { type HttpConnection } from '../src/index.ts';
import { closedPort, common, prepareWorld } from './world.ts';

// With a server of its own, on whatever port the system gave to the connection that was opened last.
const opened: HttpConnection[] = [];
const watched = defineTransport({
  ...http,
  connect: async (site, context) => {
    const connection = await http.connect(site, context);
    opened.push(connection);
    return connection;
  },
});

/** Where the connection listens that was opened last in this world, or a process that is killed. */
async function prepare() {
  const port = await closedPort();
  opened.length = 0;
  const origin = () => `http://127.0.0.1:${opened.findLast(({ address }) => address)?.address?.port ?? port}`;
  const world = await prepareWorld({ listen: { port: 0 } }, origin);
  return { ...world, connectionElsewhere: { ...world.connection, listen: { port } } };
}

transportSuite(
  watched,
  {
    ...common,
    card: new URL('../waybill.plugin.json', import.meta.url),
    module: new URL('../src/index.ts', import.meta.url),
    prepare,
  },
  { report: new URL('../node_modules/.waybill/suite.json', import.meta.url) },
);
