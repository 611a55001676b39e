import { transportSuite } from '@waybill/testing';
import { afterAll } from 'vitest';
import { atDovecot } from '../../../../test/vehicles/at-dovecot.ts';
import { receivingSide } from '../sides.ts';
import { common, prepareWorld, Shared } from './world.ts';

const shared = new Shared();
afterAll(() => shared.end());

atDovecot('no mailbox was asked whether transport-email keeps its promises', () => {
  transportSuite(
    receivingSide,
    { ...common, prepare: () => prepareWorld(shared), module: new URL('../../src/index.ts', import.meta.url) },
    { report: new URL('../../node_modules/.waybill/suite-receiving.json', import.meta.url) },
  );
});
