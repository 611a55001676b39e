import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { hasVehicle } from '@waybill/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { inferDtd, printDtd } from '../../src/dtd.ts';
import { XmlStream } from '../../src/index.ts';
import { Observer } from '../../src/inferring/seen.ts';
import { samples } from '../differential/mutants.ts';

const folder = mkdtempSync(join(tmpdir(), 'waybill-infer-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the DTD that is inferred from a sample message', () => {
  it('is one for xmllint, and the sample is valid by it', () => {
    const isThere = () => spawnSync('xmllint', ['--version']).error === undefined;
    if (!hasVehicle('xmllint', isThere, 'no sample was held against the DTD that was inferred from it')) return;
    expect(samples).toHaveLength(38);
    for (const body of samples) {
      const dtd = printDtd(inferDtd([{ name: 'sample.xml', body }]).dtd);
      writeFileSync(join(folder, 'inferred.dtd'), dtd);
      // Without its DOCTYPE, whose DTD is not here.
      writeFileSync(join(folder, 'sample.xml'), body.replace(/<!DOCTYPE [^>]*>/, ''));
      const said = spawnSync('xmllint', ['--noout', '--nonet', '--dtdvalid', join(folder, 'inferred.dtd'), join(folder, 'sample.xml')]);
      expect({ body, said: said.stderr.toString() }).toEqual({ body, said: '' });
    }
  });
});

describe('what is remembered of a sample', () => {
  it('does not grow with its lists', () => {
    const piece = new TextEncoder().encode('<Row id="12007"><Name>Häuschen</Name>\n<Price>1.00</Price></Row>\n'.repeat(2000));
    const observer = new Observer();
    const stream = new XmlStream(observer, { limitsPer: 'Row' });
    const pour = (times: number): void => {
      for (let count = 0; count < times; count++) stream.write(piece);
    };
    stream.write(new TextEncoder().encode('<Rows>'));
    pour(10);
    const before = memoryInUse();
    pour(200);
    // 26 MB went through in between.
    expect(memoryInUse() - before).toBeLessThan(1_000_000);
    expect(observer.elements.get('Row')?.count).toBe(420_000);
  });
});

function memoryInUse(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}
