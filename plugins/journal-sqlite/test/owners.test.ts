import { DatabaseSync } from 'node:sqlite';
import { ownProcessIdentity } from '@waybill/contract';
import { expect, it, onTestFinished } from 'vitest';
import { Owners } from '../src/worker/owners.ts';
import { schema } from '../src/worker/schema.ts';

const [place = '', boot = '', pid = '', started = ''] = ownProcessIdentity().split('.');

const fates = [
  ['a process that runs', `${place}.${boot}.${pid}.${started}`, 0],
  ['a process that has ended', `${place}.${boot}.${2 ** 30}.1`, 1],
  ['a process from before the machine was started again', `${place}.0123456789ab.${pid}.${started}`, 1],
  ['a process of another machine or container', `0123456789ab.${boot}.${2 ** 30}.1`, 0],
] as const;

it.each(fates)('opening the journal ends the claims of the dead and of nobody else: %s', (_what, process, released) => {
  const database = new DatabaseSync(':memory:');
  onTestFinished(() => database.close());
  database.exec(schema);
  const other = new Owners(database, { uuid: 'other', process });
  database
    .prepare(
      `INSERT INTO message (direction, name, id, state, trace, recorded_at, changed_at, due_at, claimable_at, owner)
       VALUES (0, 'orders', 'm-1', 1, '', 0, 0, 0, 60000, ?)`,
    )
    .run(other.me);
  expect(new Owners(database, { uuid: 'me', process: ownProcessIdentity() }).releaseDead()).toBe(released);
  expect(database.prepare('SELECT claimable_at AS at FROM message').get()).toEqual({ at: released === 1 ? 0 : 60_000 });
});
