import { type ConstraintReport, packSuite } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import pack from '../src/index.ts';
import { chosen, fixture, sampleFiles } from './support/messages.ts';

let told: ConstraintReport;

// The questions that every pack is asked, beside those of this one in the other files.
packSuite(pack, {
  card: new URL('../waybill.plugin.json', import.meta.url),
  options: { ...chosen() },
  samples: Object.fromEntries(Object.entries(sampleFiles).map(([type, file]) => [type, [fixture(file).toString('utf8')]])),
  report: (report) => {
    told = report;
  },
});

describe('the suite', () => {
  it('breaks every constraint of the fields of records', () => {
    expect(Object.entries(told.asked).filter(([, count]) => count < 20)).toEqual([]);
  });

  it('leaves out no field but the one that is as wide as another says', () => {
    expect(told.left.filter(({ path }) => !path.endsWith('/DATUSR/NC_FieldValue'))).toEqual([]);
  });
});
