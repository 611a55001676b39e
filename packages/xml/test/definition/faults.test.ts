import { MessageError } from '@waybill/contract';
import { describe, expect, it } from 'vitest';
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

describe('a document that does not follow the definition', () => {
  const cases: readonly [title: string, from: string, to: string, code: string, at: string, message: string, hint?: string][] = [
    [
      'misspelt element',
      '<Pin>1234</Pin>',
      '<Pim>1</Pim>',
      'UNEXPECTED_ELEMENT',
      'Parcel/Pim, 8:1',
      'Element Parcel knows no child Pim.',
      'Did you mean Pin?',
    ],
    [
      'element nobody knows',
      '<Pin>1234</Pin>',
      '<Weather/>',
      'UNEXPECTED_ELEMENT',
      'Parcel/Weather, 8:1',
      'Element Parcel knows no child Weather.',
      'Here may stand: Fragile, Insured, Pin, Box, UserData, Loose.',
    ],
    [
      'child of a text',
      '>first<',
      '><b/><',
      'UNEXPECTED_ELEMENT',
      'Parcel/Note[1]/b, 6:7',
      'Element Note has no child elements, but contains b.',
    ],
    [
      'other root',
      /Parcel/g as never,
      'Parsel',
      'UNEXPECTED_ELEMENT',
      'Parsel, 1:1',
      'The root element is Parsel, not Parcel.',
      'Did you mean Parcel?',
    ],
    [
      'mandatory element left out',
      '<Number>7</Number>',
      '',
      'MISSING_ELEMENT',
      'Parcel/Number, 4:1',
      'Element Number is missing before FullName.',
    ],
    [
      'mandatory element left out at the end',
      '<To>20240131</To>',
      '',
      'MISSING_ELEMENT',
      'Parcel/Period/To, 7:1',
      'Element To is missing in Period.',
    ],
    [
      'choice left out',
      '<FullName>Tobe</FullName>',
      '',
      'MISSING_ELEMENT',
      'Parcel/LastName, 5:1',
      'Element LastName is missing before Label.',
    ],
    [
      'both sides of a choice',
      '<Label>',
      '<LastName>O</LastName><Label>',
      'UNEXPECTED_ELEMENT',
      'Parcel/LastName, 5:1',
      'Element LastName cannot stand beside FullName.',
    ],
    [
      'element twice',
      '<Pin>1234</Pin>',
      '<Pin>1</Pin><Pin>2</Pin>',
      'TOO_MANY',
      'Parcel/Pin, 8:13',
      'Element Parcel may have one Pin, not more.',
    ],
    [
      'list too long',
      '<Label>x</Label>',
      '<Label/><Label/><Label/><Label/>',
      'TOO_MANY',
      'Parcel/Label[4], 5:25',
      'Element Parcel may have at most 3 Label, not more.',
    ],
    [
      'wrong order',
      '<Pin>1234</Pin>',
      '<Pin>1</Pin><Insured>TRUE</Insured>',
      'WRONG_ORDER',
      'Parcel/Insured, 8:13',
      'Element Insured belongs before Pin.',
      'Here may stand: Box, UserData, Loose.',
    ],
    [
      'text between elements',
      '<From>',
      'from<From>',
      'UNEXPECTED_TEXT',
      'Parcel/Period, 7:1',
      'Element Period holds child elements, not text.',
    ],
    [
      'text in an empty element',
      '<Pin>',
      '<Fragile>very</Fragile><Pin>',
      'UNEXPECTED_TEXT',
      'Parcel/Fragile, 8:1',
      'Element Fragile has to be empty.',
    ],
    [
      'bad number',
      '>7<',
      '>7a<',
      'BAD_VALUE',
      'Parcel/Number, 3:1',
      'The text of Number ("7a") is not a whole number of at most 4 digits.',
    ],
    [
      'number left empty',
      '>7<',
      '><',
      'BAD_VALUE',
      'Parcel/Number, 3:1',
      'The text of Number ("") is empty.',
      'Leave the element out when there is no value.',
    ],
    [
      'bad price',
      '<Note>first</Note>',
      '<Price>1,50</Price>',
      'BAD_VALUE',
      'Parcel/Price[1], 6:1',
      'The text of Price ("1,50") is not a decimal number such as 12.50.',
    ],
    [
      'price too exact',
      '<Note>first</Note>',
      '<Price>1.505</Price>',
      'BAD_VALUE',
      'Parcel/Price[1], 6:1',
      'The text of Price ("1.505") has 3 digits after the point; at most 2 are allowed.',
    ],
    [
      'day that does not exist',
      '20240101',
      '20240230',
      'BAD_VALUE',
      'Parcel/Period/From, 7:9',
      'The text of From ("20240230") is not a date such as 20240314.',
    ],
    [
      'unknown code word',
      '<Label>',
      '<Label kind="tin">',
      'BAD_VALUE',
      'Parcel/Label[1]@kind, 5:1',
      'The attribute kind of Label ("tin") is not one of paper, cloth.',
    ],
    [
      'text too long',
      '>x<',
      `>${'x'.repeat(21)}<`,
      'BAD_VALUE',
      'Parcel/Label[1], 5:1',
      'The text of Label has 21 characters; at most 20 are allowed.',
    ],
    [
      'attribute too long in the second box',
      'id="b"',
      'id="123456789"',
      'BAD_VALUE',
      'Parcel/Box[1]/Box[1]@id, 9:13',
      'The attribute id of Box has 9 characters; at most 8 are allowed.',
    ],
    ['wrong fixed value', '"Send"', '"Fetch"', 'BAD_VALUE', 'Parcel/Verb@value, 2:1', 'The attribute value of Verb ("Fetch") is not Send.'],
    [
      'fixed attribute that has to be sent',
      ' version="1.0"',
      '',
      'MISSING_ATTRIBUTE',
      'Parcel@version, 1:1',
      'The attribute version of Parcel is missing.',
    ],
    [
      'mandatory attribute left out',
      ' id="c"',
      '',
      'MISSING_ATTRIBUTE',
      'Parcel/Box[1]/Box[2]@id, 9:26',
      'The attribute id of Box is missing.',
    ],
    [
      'misspelt mandatory attribute',
      ' id="c"',
      ' di="c"',
      'UNKNOWN_ATTRIBUTE',
      'Parcel/Box[1]/Box[2]@di, 9:26',
      'Element Box knows no attribute di.',
      'Did you mean id?',
    ],
    [
      'misspelt attribute',
      '<Label>',
      '<Label Kind="paper">',
      'UNKNOWN_ATTRIBUTE',
      'Parcel/Label[1]@Kind, 5:1',
      'Element Label knows no attribute Kind.',
      'Did you mean kind?',
    ],
    [
      'attribute where there is none',
      '<Pin>',
      '<Pin x="1">',
      'UNKNOWN_ATTRIBUTE',
      'Parcel/Pin@x, 8:1',
      'Element Pin knows no attribute x.',
    ],
    [
      'rule that only a check can say',
      '20240131',
      '20231231',
      'BAD_VALUE',
      'Parcel/Period/To, 7:1',
      'Element Period ends before it begins.',
      'Swap the dates.',
    ],
    ['free name twice', '</Loose>', '<b/><a/></Loose>', 'TOO_MANY', 'Parcel/Loose/a, 11:20', 'Element Loose may have one a, not more.'],
    [
      'child below a free name',
      '<a>1</a>',
      '<a><b/></a>',
      'UNEXPECTED_ELEMENT',
      'Parcel/Loose/a/b, 11:11',
      'Element a has no child elements, but contains b.',
    ],
    [
      'user data field twice',
      '</UserData>',
      '<UserDataField name="channel">x</UserDataField></UserData>',
      'BAD_VALUE',
      'Parcel/UserData/UserDataField[2]@name, 10:1',
      'Element UserData names a field twice.',
    ],
  ];

  it.each(cases)('is refused with place and reason: %s', (_title, from, to, code, at, message, hint) => {
    const error = faultOf(from, to);
    expect({ code: error.code, at: error.at, message: error.message, hint: error.hint }).toEqual({
      code: `WB_XML_${code}`,
      at,
      message,
      hint,
    });
    expect(error.retryable).toBe(false);
  });

  it('never shows what a secret or free text held', () => {
    const error = faultOf('1234', '98765');
    expect(`${error.message} ${error.at} ${error.hint}`).not.toContain('98765');
    expect(error.message).toBe('The text of Pin has 5 characters; at most 4 are allowed.');
  });

  it('leaves faults of XML itself to the reader', () => {
    expect(faultOf('</Parcel>', '').code).toBe('WB_XML_NOT_WELL_FORMED');
  });

  it('shortens names of any length', () => {
    const error = faultOf('<Pin>1234</Pin>', `<${'P'.repeat(5000)}/>`);
    expect(error.message.length).toBeLessThan(200);
  });
});
