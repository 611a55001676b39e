import { isWaybillError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../src/catalogue.ts';
import { ccsidOf, encodingNamed, isEncoding } from '../src/index.ts';
import { refusal } from './refusal.ts';

describe('the name of an encoding', () => {
  it.each([
    ['UTF-8', 'utf-8'],
    ['UTF8', 'utf-8'],
    ['utf_8', 'utf-8'],
    ['ISO_8859-1:1987', 'iso-8859-1'],
    ['latin-1', 'iso-8859-1'],
    ['L1', 'iso-8859-1'],
    ['csISOLatin1', 'iso-8859-1'],
    ['IBM819', 'iso-8859-1'],
    ['ANSI_X3.4-1968', 'us-ascii'],
    ['Latin-9', 'iso-8859-15'],
    ['ISO8859_15', 'iso-8859-15'],
    ['CP1252', 'windows-1252'],
    ['win-1252', 'windows-1252'],
    ['IBM850', 'cp850'],
    ['437', 'cp437'],
    ['cp037', 'cp037'],
    ['CP37', 'cp037'],
    ['IBM-037', 'cp037'],
    ['ebcdic-cp-us', 'cp037'],
    ['Cp500', 'cp500'],
    ['IBM-1047', 'cp1047'],
    ['x-IBM1047', 'cp1047'],
    ['IBM01140', 'cp1140'],
    ['CCSID01141', 'cp1141'],
    ['ebcdic-de-273+euro', 'cp1141'],
    ['UTF-16', 'utf-16'],
    ['utf16le', 'utf-16le'],
    ['Shift_JIS', 'shift_jis'],
    ['Windows-31J', 'shift_jis'],
    ['GB2312', 'gbk'],
  ])('may be written as %s', (label, name) => {
    expect(encodingNamed(label)).toBe(name);
  });

  it.each([
    [37, 'cp037'],
    [273, 'cp273'],
    [437, 'cp437'],
    [500, 'cp500'],
    [819, 'iso-8859-1'],
    [850, 'cp850'],
    [923, 'iso-8859-15'],
    [1047, 'cp1047'],
    [1140, 'cp1140'],
    [1141, 'cp1141'],
    [1200, 'utf-16'],
    [1201, 'utf-16be'],
    [1202, 'utf-16le'],
    [1208, 'utf-8'],
    [1252, 'windows-1252'],
    [5348, 'windows-1252'],
  ])('may be the CCSID %i', (ccsid, name) => {
    expect(encodingNamed(ccsid)).toBe(name);
  });

  it('means one encoding only', () => {
    const owners = new Map<string, string>();
    const clashes = catalogue.flatMap(({ name, aliases, ccsids }) =>
      [name, ...aliases, ...ccsids.map(String)]
        .map((label) => label.replaceAll(/[^a-z0-9]/g, ''))
        .filter((key) => (owners.get(key) ?? name) !== name || !owners.set(key, name)),
    );
    expect(clashes).toEqual([]);
  });

  it('leads to its encoding under every alias and number of the catalogue', () => {
    for (const { name, aliases, ccsids } of catalogue) {
      for (const label of [name, name.toUpperCase(), ...aliases, ...ccsids, ...ccsids.map((ccsid) => `ibm-${ccsid}`)]) {
        expect([label, encodingNamed(label)]).toEqual([label, name]);
      }
    }
  });
});

describe('an encoding that is not known', () => {
  it.each([
    ['iso-8895-1', 'iso-8859-1'],
    ['utf-9', 'utf-8'],
    ['windos-1252', 'windows-1252'],
    ['ISO-8859-17', 'iso-8859-1'],
    ['shift-jsi', 'shift_jis'],
  ])('is refused with what was probably meant: %s', (label, meant) => {
    expect(isEncoding(label)).toBe(false);
    let hint: string | undefined;
    try {
      encodingNamed(label);
    } catch (error) {
      hint = isWaybillError(error) ? error.hint : undefined;
    }
    expect(hint).toBe(`Did you mean "${meant}"?`);
  });

  it('is shown shortened and without what could disturb a log', () => {
    const { code, message } = refusal(() => encodingNamed(`\u001b[31m\nx${'y'.repeat(10_000)}`));
    expect(code).toBe('WB_TEXT_UNKNOWN_ENCODING');
    expect(message).toMatch(/^There is no encoding "\?\[31m\?xy+…"\.$/);
    expect(message.length).toBeLessThan(80);
  });

  it.each([0, -1, 1.5, Number.NaN, 65_535, 930, '', '  ', '-', 'cp', 'cp0', 'constructor', '__proto__', 'hex', 'base64', 'utf-7'])(
    'is refused when it is no name at all: %s',
    (label) => {
      expect(refusal(() => encodingNamed(label)).code).toBe('WB_TEXT_UNKNOWN_ENCODING');
    },
  );
});

describe('the CCSID of an encoding', () => {
  it('is the number by which it is found again', () => {
    const numbered = catalogue.filter(({ ccsids }) => ccsids.length > 0);
    expect(numbered.map(({ name }) => encodingNamed(ccsidOf(name) ?? 0))).toEqual(numbered.map(({ name }) => name));
    expect([ccsidOf('UTF-8'), ccsidOf('latin1'), ccsidOf('IBM-1047')]).toEqual([1208, 819, 1047]);
  });

  it('is not there where IBM has none', () => {
    expect(ccsidOf('iso-8859-16')).toBeUndefined();
  });
});
