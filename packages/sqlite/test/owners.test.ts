import { DatabaseSync } from 'node:sqlite';
import { ownProcessIdentity } from '@waybill/contract/system';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type OwnerFacts } from '../src/index.ts';
import { Owners, type OwnersOptions } from '../src/thread.ts';
import { format } from './tickets/tickets.ts';

const [place = '', boot = '', pid = '', started = ''] = ownProcessIdentity().split('.');

function database(): DatabaseSync {
  const opened = new DatabaseSync(':memory:');
  onTestFinished(() => opened.close());
  opened.exec(`${format.schema}; INSERT INTO ticket (name) VALUES ('a'), ('b')`);
  return opened;
}

function ownersOf(file: DatabaseSync, facts: Partial<OwnerFacts> = {}, options: OwnersOptions = {}): Owners {
  return new Owners(
    file,
    { uuid: 'me', lease: 3_000, ...facts },
    {
      holds: (owner) => file.prepare('SELECT 1 FROM ticket WHERE owner = ?').get(owner) !== undefined,
      free: (owner) => Number(file.prepare('UPDATE ticket SET owner = NULL WHERE owner = ?').run(owner).changes),
    },
    options,
  );
}

function claimAll(file: DatabaseSync, owners: Owners): number {
  owners.begin();
  const owner = owners.me();
  file.prepare('UPDATE ticket SET owner = ?').run(owner);
  return owner;
}

const rowsIn = (file: DatabaseSync): number => Number(file.prepare('SELECT count(*) AS n FROM owner').get()?.['n']);

describe('reaping', () => {
  it.each([
    ['a process that runs', `${place}.${boot}.${pid}.${started}`, 0],
    ['a process that has ended', `${place}.${boot}.${2 ** 30}.1`, 2],
    ['a process from before the machine was started again', `${place}.0123456789ab.${pid}.${started}`, 2],
    ['a process of another machine or container', `0123456789ab.${boot}.${2 ** 30}.1`, 0],
  ])('frees at once what the dead have claimed and nothing else: %s', (_what, process, freed) => {
    const file = database();
    claimAll(file, ownersOf(file, { uuid: 'other' }, { process }));
    expect(ownersOf(file).reap()).toBe(freed);
    expect(rowsIn(file)).toBe(freed === 0 ? 1 : 0);
  });

  it('frees what an opening of another container has claimed when it has been silent for its lease, and removes its row', () => {
    const file = database();
    claimAll(file, ownersOf(file, { uuid: 'other' }, { process: `0123456789ab.${boot}.1.1` }));
    let time = 0;
    const owners = ownersOf(file, {}, { now: () => time });
    const freed = Array.from({ length: 7 }, () => {
      time += 500;
      return owners.reap();
    });
    expect(freed).toEqual([0, 0, 0, 0, 0, 0, 2]);
    expect(rowsIn(file)).toBe(0);
  });

  it('frees at once what a former thread of the same opening has claimed', () => {
    const file = database();
    claimAll(file, ownersOf(file));
    expect(ownersOf(file).reap()).toBe(2);
  });
});

describe('an owner', () => {
  it('has no row before its first claim', () => {
    const file = database();
    const owners = ownersOf(file);
    owners.goRound();
    expect(rowsIn(file)).toBe(0);
    claimAll(file, owners);
    expect(rowsIn(file)).toBe(1);
  });

  it('whose row was removed has none of its claims any more, and gets a number that was never given before', () => {
    const file = database();
    const owners = ownersOf(file);
    const before = claimAll(file, owners);
    owners.begin();
    expect(owners.isMine(before)).toBe(true);
    file.exec('DELETE FROM owner');
    owners.begin();
    expect(owners.isMine(before)).toBe(false);
    expect(owners.me()).toBeGreaterThan(before);
    expect(owners.isMine(before)).toBe(false);
  });

  it('whose number was given to another opening, in a file that was put back from a copy, has none of its claims', () => {
    const file = database();
    const owners = ownersOf(file);
    const before = claimAll(file, owners);
    file.exec("DELETE FROM owner; DELETE FROM sqlite_sequence WHERE name = 'owner'");
    expect(claimAll(file, ownersOf(file, { uuid: 'other' }))).toBe(before);
    owners.begin();
    expect(owners.isMine(before)).toBe(false);
  });

  it('beats for no other opening that has its number', () => {
    const file = database();
    let time = 0;
    const owners = ownersOf(file, {}, { now: () => time });
    const before = claimAll(file, owners);
    file.exec("DELETE FROM owner; DELETE FROM sqlite_sequence WHERE name = 'owner'");
    expect(claimAll(file, ownersOf(file, { uuid: 'other' }))).toBe(before);
    time += 60_000;
    owners.begin();
    expect(owners.isMine(before)).toBe(false);
    expect(file.prepare('SELECT beat FROM owner').all()).toEqual([{ beat: 1 }]);
  });

  it('has no row, and has not beaten, where that was undone', () => {
    const file = database();
    let time = 0;
    const owners = ownersOf(file, {}, { now: () => time });
    const undone = (): void => {
      file.exec('BEGIN');
      owners.begin();
      owners.me();
      file.exec('ROLLBACK');
      owners.undone();
    };
    undone();
    expect(rowsIn(file)).toBe(0);
    owners.me();
    expect(rowsIn(file)).toBe(1);
    time += 60_000;
    undone();
    expect(owners.silentFor).toBe(60_000);
    owners.begin();
    owners.me();
    expect(file.prepare('SELECT beat FROM owner').get()).toEqual({ beat: 2 });
  });

  it('beats while it has claims and not without', () => {
    const file = database();
    let time = 0;
    const owners = ownersOf(file, {}, { now: () => time });
    const beat = (): unknown => file.prepare('SELECT beat FROM owner').get()?.['beat'];
    claimAll(file, owners);
    expect(beat()).toBe(1);
    time += 500;
    expect(owners.needsRound()).toBe(true);
    owners.begin();
    owners.goRound();
    expect(beat()).toBe(2);
    file.exec('UPDATE ticket SET owner = NULL');
    time += 500;
    expect(owners.needsRound()).toBe(false);
  });

  it('that claims after a long time without a claim shows it at once', () => {
    const file = database();
    let time = 0;
    const owners = ownersOf(file, {}, { now: () => time });
    claimAll(file, owners);
    time += 60_000;
    claimAll(file, owners);
    expect(file.prepare('SELECT beat FROM owner').get()).toEqual({ beat: 2 });
  });

  it('that leaves has no claims and no row', () => {
    const file = database();
    const owners = ownersOf(file);
    claimAll(file, owners);
    owners.leave();
    expect(rowsIn(file)).toBe(0);
    expect(file.prepare('SELECT count(owner) AS n FROM ticket').get()).toEqual({ n: 0 });
  });
});
