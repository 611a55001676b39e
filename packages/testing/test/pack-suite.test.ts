import { describe, expect, it } from 'vitest';
import type { ConstraintReport } from '../src/pack/constraints/report.ts';
import type { PackHarness } from '../src/pack/harness.ts';
import { packSuite } from '../src/pack/suite.ts';
import { parcelPack } from './broken-packs/parcel.ts';
import { harness, soundPack } from './broken-packs/sound.ts';
import { ticketPack } from './broken-packs/ticket.ts';

const told = new Map<string, ConstraintReport>();
const telling = (name: string): PackHarness => ({ report: (report) => told.set(name, report) });

packSuite(soundPack, { ...harness, ...telling('sound') });
packSuite(parcelPack('suite-parcels'), telling('parcels'));
packSuite(ticketPack('suite-tickets'), telling('tickets'));

// The suites have run by then: tests of a file run in the order in which they stand there.
describe('what a suite tells of the constraints of a pack', () => {
  it('is how many messages have broken each of them', () => {
    expect(told.get('parcels')?.asked).toEqual({
      missing: 6,
      'too many': 5,
      'wrong text': 7,
      'wrong constant': 1,
      unknown: 14,
      'wrong order': 3,
      'cut short': 0,
    });
    expect(told.get('tickets')?.asked).toMatchObject({ 'wrong text': 2, 'wrong constant': 1, 'cut short': 1 });
  });

  it('is for which fields it could make none, and why', () => {
    const why = 'It does not say for a machine what it holds.';
    expect(told.get('parcels')?.left).toEqual([{ type: 'Suite_Parcel@1.0', path: 'Note', why }]);
    expect(told.get('tickets')?.left).toEqual([]);
  });

  it('is for which messages it could make none', () => {
    const why = 'Its fields do not say for a machine what they hold.';
    const types = ['Suite_Order@1.0', 'Suite_Answer@1.0', 'Suite_Report@1.0'];
    expect(told.get('sound')?.left).toEqual(types.map((type) => ({ type, path: '', why })));
  });
});
