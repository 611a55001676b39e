import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { XmlTree } from '../../src/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'waybill-large-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Rows of about 130 bytes, 10,000 of them in a line. */
const rowsOfLine = 10_000;
const row =
  '<Row sku="HP-LAMP-02"><Name>Häuschen &amp; Sohn</Name><Price currency="CAD">184.50</Price><Stock>17</Stock><Store>10051</Store></Row>';

function written(name: string, lines: number, end: string): string {
  const path = join(folder, name);
  const file = openSync(path, 'w');
  const line = Buffer.from(`${row.repeat(rowsOfLine)}\n`);
  writeSync(file, '<?xml version="1.0" encoding="UTF-8"?>\n<Catalog>\n');
  for (let count = 0; count < lines; count++) writeSync(file, line);
  writeSync(file, end);
  closeSync(file);
  return path;
}

interface Seen {
  readonly rows: number;
  readonly last: XmlTree;
  readonly fault?: string;
  readonly megabytes: number;
}

function readInLittleMemory(path: string): Seen {
  const script = fileURLToPath(new URL('../support/count-rows.ts', import.meta.url));
  // Node itself needs most of these megabytes.
  return JSON.parse(
    execFileSync(process.execPath, ['--max-old-space-size=24', '--max-semi-space-size=1', script, path], { encoding: 'utf8' }),
  ) as Seen;
}

describe('a large file', () => {
  it('of 200 MB is read element by element in a process that has 24 MB', () => {
    const lines = 150;
    const seen = readInLittleMemory(written('right.xml', lines, '</Catalog>\n'));
    expect(seen.fault).toBeUndefined();
    expect(seen.rows).toBe(rowsOfLine * lines);
    expect(seen.megabytes).toBeLessThan(40);
    // The last row begins 9,999 rows behind the start of the line before the last, which counts characters.
    expect(seen.last).toMatchObject({
      attributes: { sku: 'HP-LAMP-02' },
      at: { line: lines + 2, column: (rowsOfLine - 1) * row.length + 1 },
    });
  });

  it('is refused at the place of its fault, after all elements in front of it', () => {
    const lines = 15;
    const { rows, fault } = readInLittleMemory(written('wrong.xml', lines, '<Row><Name>AT&T</Name></Row></Catalog>\n'));
    expect({ rows, fault }).toEqual({ rows: rowsOfLine * lines, fault: `WB_XML_NOT_WELL_FORMED Catalog/Row/Name, ${lines + 3}:14` });
  });
});
