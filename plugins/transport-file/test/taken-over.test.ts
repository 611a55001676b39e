import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@waybill/testing';
import { describe, expect, it } from 'vitest';
import { Claim } from '../src/receiving/claiming/claim.ts';
import { Claims } from '../src/receiving/claiming/claims.ts';

describe('a claim that somebody took for abandoned', () => {
  it('is lost although its own listener takes it over', async () => {
    const source = await temporaryFolder();
    const root = await temporaryFolder();
    await writeFile(join(source, 'order.xml'), '<Order/>');
    const claims = await Claims.open(source, root, 60_000, (name) => name);
    const taken = await claims.take('order.xml');
    if (taken.kind !== 'taken') throw new Error('the file is free');
    await rename(join(root, claims.name), join(root, 'free-it'));
    await mkdir(join(root, claims.name));
    const again = await claims.takeOver('free-it', taken.claim.entry, () => true);
    expect(again).toMatchObject({ token: taken.claim.token });
    expect(taken.claim.lost.aborted).toBe(true);
    expect(await claims.end(taken.claim, rm)).toBe(false);
    expect(await claims.end(again as Claim, rm)).toBe(true);
  });
});

describe('two files of one name, from two owners', () => {
  it('keep the name taken until both are settled', async () => {
    const source = await temporaryFolder();
    const root = await temporaryFolder();
    const claims = await Claims.open(source, root, 60_000, (name) => name);
    const taken: Claim[] = [];
    for (const owner of ['free-a', 'free-b']) {
      const entry = Claim.after(taken.length, 'order.xml').entry;
      await mkdir(join(root, owner));
      await writeFile(join(root, owner, entry), owner);
      taken.push((await claims.takeOver(owner, entry, () => true)) as Claim);
    }
    for (const claim of taken) {
      expect(claims.holds('order.xml')).toBe(true);
      expect(await claims.end(claim, rm)).toBe(true);
    }
    expect(claims.holds('order.xml')).toBe(false);
  });
});
