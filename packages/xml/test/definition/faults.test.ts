import { MessageError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
import { type DefinitionErrorCode, definitionErrors } from '../../src/index.ts';
import { type Case, cases } from './fault-cases.ts';
import { moreCases } from './more-fault-cases.ts';
import { parcel } from './parcel.ts';

const good = `<Parcel version="1.0">
<Verb value="Send"/>
<Number>7</Number>
<FullName>Tobe</FullName>
<Label>x</Label>
<Note>first</Note>
<Period><From>20240101</From><To>20240131</To></Period>
<Pin>1234</Pin>
<Box id="a"><Box id="b"/><Box id="c"/></Box>
<UserData><UserDataField name="channel">web</UserDataField></UserData>
<Loose><a>1</a></Loose>
</Parcel>`;

/** The error for the good document with one thing changed. */
function faultOf(from: string | RegExp, to: string): MessageError {
  const changed = good.replace(from, to);
  if (changed === good) throw new Error(`nothing to change: ${String(from)}`);
  try {
    parcel.read(changed);
  } catch (error) {
    if (error instanceof MessageError) return error;
    throw error;
  }
  throw new Error('was accepted');
}

const all: readonly Case[] = [...cases, ...moreCases];

describe('a document that does not follow the definition', () => {
  it.each(all)('is refused with place and reason: %s', (_title, from, to, code, at, message, hint) => {
    const error = faultOf(from, to);
    const expected = `WB_XML_${code}` as DefinitionErrorCode;
    expect({ code: error.code, at: error.at, message: error.message, hint: error.hint }).toEqual({
      code: expected,
      at,
      message,
      hint: hint ?? definitionErrors[expected].remedy,
    });
    expect(error).toMatchObject({ kind: 'invalid', retryable: false });
  });

  it('never shows what a secret or free text held', () => {
    const error = faultOf('1234', '98765');
    expect(`${error.message} ${error.at} ${error.hint}`).not.toContain('98765');
    expect(error.message).toBe('The text of Pin has 5 characters; at most 4 are allowed.');
  });

  it('shows no more than 32 characters of what stands for a number, a date or a word', () => {
    expect(faultOf('20240101', 'x'.repeat(40)).message).toContain(`("${'x'.repeat(32)}…")`);
  });

  it('leaves faults of XML itself to the reader', () => {
    expect(faultOf('</Parcel>', '').code).toBe('WB_XML_NOT_WELL_FORMED');
  });

  it('shortens names of any length', () => {
    const error = faultOf('<Pin>1234</Pin>', `<${'P'.repeat(5000)}/>`);
    expect(error.message.length).toBeLessThan(200);
  });
});
