import { hash } from 'node:crypto';
import { commands } from '@waybill/commerce';
import { newMessageId } from '@waybill/contract';
import pack from '@waybill/pack-fulfillment';
import { SaxesParser } from 'saxes';
import { checkFor } from '../packages/kernel/dist/validation.js';
import { parseXml, sniffRoot } from '../packages/xml/dist/index.js';
import { orderStatus } from './src/http/message.ts';

const message = { id: 'x', body: orderStatus, properties: {} };
const read = pack.read({ name: 'Update_WCS_OrderStatus', version: '3.0' }, message);
const check = checkFor(commands.find((c) => c.name === read.command)!.input);
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
  sniff: () => sniffRoot(orderStatus),
  recognise: () => pack.recognise(message),
  read: () => pack.read({ name: 'Update_WCS_OrderStatus', version: '3.0' }, message),
  check: () => check(read.input),
  digest: () => hash('sha256', orderStatus, 'base64'),
  id: () => newMessageId(),
};
for (let round = 0; round < 3; round++)
  for (const [name, f] of Object.entries(tests)) {
    const n = 20000;
    const t = process.cpuUsage();
    for (let i = 0; i < n; i++) f();
    const u = process.cpuUsage(t);
    if (round > 0) console.log(name.padEnd(12), ((u.user + u.system) / n).toFixed(1), 'µs');
  }
