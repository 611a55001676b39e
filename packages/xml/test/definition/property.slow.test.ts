import { spawnSync } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import { MessageError } from '@waybill/contract';
import { hasVehicle } from '@waybill/testing';
import type { Choose } from '@waybill/values';
import * as fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { parcel } from './parcel.ts';

/** Values of the message, derived from its definition: the answers to the maker's questions are what shrinks. */
const values = fc.array(fc.nat({ max: 999_999_999 }), { maxLength: 120 }).map((answers) => parcel.makeUp(along(answers)));

function along(answers: readonly number[]): Choose {
  let asked = 0;
  return (count) => (answers[asked++] ?? 0) % count;
}

describe('any value of a definition', () => {
  it('is read back as it was written', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(parcel.read(parcel.write(value))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });

  it('is read the same by the quick reader and by the strict one, which an instruction calls in', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(parcel.read(`${parcel.write(value)}<?not plain?>`)).toEqual(value);
      }),
    );
  });

  it('is written so that another parser calls it well-formed and finds the same texts', () => {
    const other = new XMLParser({ ignoreAttributes: false, parseTagValue: false, trimValues: false, processEntities: true });
    fc.assert(
      fc.property(values, (value) => {
        const written = parcel.write(value);
        expect(XMLValidator.validate(written)).toBe(true);
        const found = (other.parse(written) as { Parcel: { Number: string } }).Parcel;
        expect(found.Number).toBe(value.number);
      }),
      { numRuns: 300 },
    );
  });

  it('is well-formed for xmllint, where it is installed', () => {
    const isThere = () => spawnSync('xmllint', ['--version']).error === undefined;
    if (!hasVehicle('xmllint', isThere, 'nobody but us looked at the written documents of this test')) return;
    const documents = fc.sample(values, { numRuns: 40, seed: 7 }).map((value) => parcel.write(value));
    for (const document of documents) {
      const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '-'], { input: document });
      expect({ status, stderr: stderr.toString() }).toEqual({ status: 0, stderr: '' });
    }
  });
});

/** Documents with a piece cut out, and something else in its place. */
const damagedDocuments = fc
  .tuple(values, fc.nat(), fc.nat({ max: 40 }), fc.string({ maxLength: 10, unit: 'binary' }))
  .map(([value, at, cut, put]) => {
    const written = parcel.write(value);
    const start = at % written.length;
    return written.slice(0, start) + put + written.slice(start + cut);
  });

/** Well-formed documents in which two lines have changed places, or one is there twice. */
const misplaced = fc.tuple(values, fc.nat(), fc.nat(), fc.boolean()).map(([value, one, other, twice]) => {
  const lines = parcel.write(value).trimEnd().split('\n');
  // Single elements on a line of their own, without the root.
  const whole = lines.flatMap((line, index) => (index > 2 && /^\s*<(\w+)[^>]*(\/>|>.*<\/\1>)$/.test(line) ? [index] : []));
  const [from = 3, to = 3] = [whole[one % whole.length], whole[other % whole.length]];
  const line = lines[from] ?? '';
  if (twice) lines.splice(to, 0, line);
  else [lines[from], lines[to]] = [lines[to] ?? '', line];
  return lines.join('\n');
});

/** What is said of a document, with the line of its place moved up by so many lines. */
function said(document: string, lines: number): string {
  try {
    return JSON.stringify(parcel.read(document));
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    const at = error.at?.replace(/(\d+):(\d+)$/, (_all, line: string, column: string) => `${Number(line) - lines}:${column}`);
    return `${error.code} ${error.message} ${at} ${error.hint}`;
  }
}

describe('any damage to a document', () => {
  it('is told alike by the quick reader and by the strict one, which an instruction in front calls in', () => {
    let definition = 0;
    fc.assert(
      fc.property(fc.oneof(damagedDocuments, misplaced), (document) => {
        // Nothing may stand in front of a declaration, damaged or not.
        const body = document.replace(/^<\?xml[^>]*>\n?/, '');
        fc.pre(!body.startsWith('<?xml'));
        const quick = said(body, 0);
        if (/^WB_XML_(UNEXPECTED|MISSING|BAD_VALUE|TOO_MANY|WRONG|UNKNOWN)/.test(quick)) definition += 1;
        expect(quick).toBe(said(`<?not plain?>\n${body}`, 1));
      }),
      { numRuns: 1500 },
    );
    expect(definition).toBeGreaterThan(300);
  });

  it('is refused with a message error, or the document means what it says', () => {
    fc.assert(
      fc.property(damagedDocuments, (document) => {
        expect(outcomeOf(document)).toMatch(/^(same|WB_XML_[A-Z0-9_]+)$/);
      }),
      { numRuns: 1000 },
    );
  });
});

/** 'same' where the document is read, written and read again; else the code of the message error. */
function outcomeOf(document: string): string {
  try {
    const value = parcel.read(document);
    return isDeepStrictEqual(parcel.read(parcel.write(value)), value) ? 'same' : 'differs';
  } catch (error) {
    if (!(error instanceof MessageError)) throw error;
    return error.code;
  }
}
