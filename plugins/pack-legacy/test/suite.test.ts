import { packSuite } from '@waybill/testing';
import pack from '../src/index.ts';
import { chosen, fixture, sampleFiles } from './support/messages.ts';

// The questions that every pack is asked, beside those of this one in the other files.
packSuite(pack, {
  card: new URL('../waybill.plugin.json', import.meta.url),
  options: { ...chosen() },
  samples: Object.fromEntries(Object.entries(sampleFiles).map(([type, file]) => [type, [fixture(file).toString('utf8')]])),
});
