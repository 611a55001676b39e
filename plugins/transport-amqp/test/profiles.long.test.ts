import { transportSuite } from '@waybill/testing';
import { afterAll, describe } from 'vitest';
import { atArtemis } from '../../../test/vehicles/at-artemis.ts';
import transport from '../src/index.ts';
import { common, prepareWorld, Shared } from './world.ts';

const shared = new Shared();
afterAll(() => shared.end());

// The promises are the same for every kind of broker, however little may be asked of it. Those that ask for least are tried at the same one.
atArtemis('no broker was asked whether transport-amqp keeps its promises where there are no transactions', () => {
  for (const profile of ['ibm-mq', 'generic'])
    describe(`as with a broker of the kind "${profile}"`, () => {
      transportSuite(transport, {
        ...common,
        prepare: () => prepareWorld(shared, profile),
        module: new URL('../src/index.ts', import.meta.url),
      });
    });
});
