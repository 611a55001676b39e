import { transportSuite } from '@waybill/testing';
import { afterAll, describe } from 'vitest';
import { atArtemis } from '../../../test/vehicles/at-artemis.ts';
import transport from '../src/index.ts';
import { common, prepareWorld, Shared } from './world.ts';

const shared = new Shared();
afterAll(() => shared.end());

// The promises are the same for every kind of broker. Those of which less may be asked are tried at the same one.
atArtemis('no broker was asked whether transport-amqp keeps its promises', () => {
  describe.each(['artemis', 'ibm-mq', 'generic'])('as at a broker of the kind "%s"', (broker) => {
    transportSuite(
      transport,
      { ...common, prepare: () => prepareWorld(shared, broker), module: new URL('../src/index.ts', import.meta.url) },
      { report: new URL(`../node_modules/.waybill/suite-${broker}.json`, import.meta.url) },
    );
  });
});
