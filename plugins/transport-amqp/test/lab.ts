import { Artemis } from '../../../test/vehicles/artemis.ts';

const t = performance.now();
const artemis = await Artemis.start({
  'exclusive.#': { 'default-exclusive-queue': true },
  'closed.#': { 'auto-create-queues': false, 'auto-create-addresses': false },
  'poison.#': { 'max-delivery-attempts': 5 },
  'full.#': { 'max-size-bytes': 20000, 'address-full-policy': 'FAIL' },
});
console.log('started in', performance.now() - t, 'port', artemis.port);
process.on('SIGTERM', () => artemis.end().then(() => process.exit()));
setInterval(() => undefined, 1000);
