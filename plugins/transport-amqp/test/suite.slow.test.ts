import { transportSuite } from '@waybill/testing';
import { afterAll } from 'vitest';
import { atArtemis } from '../../../test/vehicles/at-artemis.ts';
import transport from '../src/index.ts';
import { common, prepareWorld, Shared } from './world.ts';

const shared = new Shared();
afterAll(() => shared.end());

atArtemis('no broker was asked whether transport-amqp keeps its promises', () => {
  transportSuite(
    transport,
    { ...common, prepare: () => prepareWorld(shared, 'artemis'), module: new URL('../src/index.ts', import.meta.url) },
    { report: new URL('../node_modules/.waybill/suite.json', import.meta.url) },
  );
});
