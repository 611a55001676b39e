import pack from '@waybill/pack-fulfillment';
import { SaxesParser } from 'saxes';
import { parseXml, sniffRoot } from '../packages/xml/dist/index.js';
import { readPlain } from '../packages/xml/dist/plain-reader.js';
import { orderStatus30 } from '../plugins/pack-fulfillment/dist/messages/order-status.js';
import { orderStatus } from './src/http/message.ts';

const message = { id: 'x', body: orderStatus, properties: {} };
const nothing = { startElement() {}, text() {}, endElement() {} };
const tests: Record<string, () => unknown> = {
  'saxes bare': () => {
    let n = 0;
    const p = new SaxesParser();
    p.on('opentag', () => {
      n++;
    });
    p.on('text', () => undefined);
    p.on('closetag', () => undefined);
    p.write(orderStatus.toString()).close();
    return n;
  },
  parseXml: () => parseXml(orderStatus, nothing),
  plain: () => readPlain(orderStatus, nothing),
  decode: () => orderStatus30.read(orderStatus),
  read: () => pack.read({ name: 'Update_WCS_OrderStatus', version: '3.0' }, message),
  sniff: () => sniffRoot(orderStatus),
  recognise: () => pack.recognise(message),
};
const best: Record<string, number> = {};
const only = process.argv[2];
for (let round = 0; round < 25; round++)
  for (const [name, f] of Object.entries(tests)) {
    if (only && name !== only) continue;
    const n = 2500;
    const t = process.cpuUsage();
    for (let i = 0; i < n; i++) f();
    const u = process.cpuUsage(t);
    best[name] = Math.min(best[name] ?? 1e9, (u.user + u.system) / n);
  }
for (const [name, x] of Object.entries(best)) console.log(name.padEnd(12), x.toFixed(2));
