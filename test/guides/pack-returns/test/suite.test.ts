import { packSuite } from '@waybill/testing';
import returns from '../src/index.ts';

packSuite(returns, {
  card: new URL('../waybill.plugin.json', import.meta.url),
  events: { 'return.approved': [{ number: 'R-7', amount: '39.80', currency: 'EUR' }] },
  outputs: { 'return.announce': [{ number: 'R-7' }] },
});
