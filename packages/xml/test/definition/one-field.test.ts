import { mapping } from '@waybill/mapping';
import { text } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { defineXmlMessage } from '../../src/index.ts';

describe('an element whose attribute says which field it fills', () => {
  const n = mapping<{ readonly id?: string; readonly other?: string }>();
  const places = { here: ['id', text()], there: ['other', text()] } as const;
  const one = defineXmlMessage({ root: () => n.group('Named', [n.pick('Number', 'type', places, { preset: 'here' })]) });

  it('fills each of them once under a name that allows several', () => {
    const all = defineXmlMessage({ root: () => n.group('Named', [n.pick('Number+', 'type', places, { preset: 'here' })]) });
    expect(all.read('<Named><Number>7</Number><Number type="there">8</Number></Named>')).toEqual({ id: '7', other: '8' });
    expect(() => all.read('<Named><Number>7</Number><Number type="here">8</Number></Named>')).toThrow(
      expect.objectContaining({ kind: 'invalid', at: expect.stringMatching(/^Named\/Number\[2\]/) as string }),
    );
  });

  it('fills one of them under a name that says so', () => {
    expect(one.read('<Named><Number>7</Number></Named>')).toEqual({ id: '7' });
    expect(one.read('<Named><Number type="there">8</Number></Named>')).toEqual({ other: '8' });
    expect(() => one.read('<Named><Number>7</Number><Number type="there">8</Number></Named>')).toThrow(
      expect.objectContaining({ code: 'WB_XML_TOO_MANY', at: 'Named/Number, 1:26' }),
    );
    expect(() => one.read('<Named/>')).toThrow(expect.objectContaining({ code: 'WB_XML_MISSING_ELEMENT', at: 'Named/Number, 1:1' }));
  });
});
