import { describe, expect, it } from 'vitest';
import {
  date8,
  date10,
  dateTime,
  decimalText,
  describe as describeFacets,
  flag,
  integerText,
  oneOf,
  Problem,
  text,
  time6,
} from '../src/index.ts';

describe('an id', () => {
  const id = text({ min: 1, max: 5, trim: true });

  it('is read without the blanks around it, which a printer may have put there', () => {
    expect(id.read('\n     12007\n  ')).toBe('12007');
    expect(id.read(' 1 2 ')).toBe('1 2');
  });

  it('is nothing where there are blanks only', () => {
    expect(id.read(' \n ')).toEqual(new Problem('is empty'));
    expect(id.read(' 123456 ')).toEqual(new Problem('has 6 characters; at most 5 are allowed'));
  });
});

describe('dates and times', () => {
  it.each([
    ['2024-03-14T16:20:05.000000', '2024-03-14T16:20:05', '2024-03-14T16:20:05.000000'],
    ['2024-03-14 16:20:05.250000', '2024-03-14T16:20:05.25', '2024-03-14T16:20:05.250000'],
    ['2024-03-14T16:20:05.050000', '2024-03-14T16:20:05.05', '2024-03-14T16:20:05.050000'],
    ['2024-03-14T16:20', '2024-03-14T16:20:00', '2024-03-14T16:20:00.000000'],
    ['2024-03-14T16:20:05+0530', '2024-03-14T16:20:05+05:30', '2024-03-14T16:20:05.000000+05:30'],
    ['2002-12-10', '2002-12-10T00:00:00', '2002-12-10T00:00:00.000000'],
    ['20021209', '2002-12-09T00:00:00', '2002-12-09T00:00:00.000000'],
    [' 20240229\n', '2024-02-29T00:00:00', '2024-02-29T00:00:00.000000'],
    ['20240314T162005', '2024-03-14T16:20:05', '2024-03-14T16:20:05.000000'],
    ['20240314162005', '2024-03-14T16:20:05', '2024-03-14T16:20:05.000000'],
    ['20240314T162005.5Z', '2024-03-14T16:20:05.5Z', '2024-03-14T16:20:05.500000Z'],
    ['2024-03-14-16.20.05.123456', '2024-03-14T16:20:05.123456', '2024-03-14T16:20:05.123456'],
    ['2024-03-14T16:20:05+02', '2024-03-14T16:20:05+02:00', '2024-03-14T16:20:05.000000+02:00'],
    ['2024-03-14Z', '2024-03-14T00:00:00Z', '2024-03-14T00:00:00.000000Z'],
    ['2024-02-29T24:00:00', '2024-03-01T00:00:00', '2024-03-01T00:00:00.000000'],
    ['0001-01-01T00:00:00', '0001-01-01T00:00:00', '0001-01-01T00:00:00.000000'],
  ])('are read and written: %s', (sent, value, written) => {
    expect(dateTime().read(sent)).toBe(value);
    expect(dateTime().write(value)).toBe(written);
  });

  it.each([
    ['2024-03-14T16:20:05Z', '2024-03-14T16:20:05'],
    ['2024-03-14T23:20:05.125-02:00', '2024-03-15T01:20:05.125'],
    ['2024-03-14T16:20:05', '2024-03-14T16:20:05'],
    ['2024-03-14T16:20:05+02', '2024-03-14T14:20:05'],
    ['2024-12-31T24:00:00-01:00', '2025-01-01T01:00:00'],
    ['2024-03-14+14:00', '2024-03-13T10:00:00'],
  ])('are moved to UTC where that is asked for: %s', (sent, value) => {
    expect(dateTime({ zone: 'utc' }).read(sent)).toBe(value);
  });

  it.each([
    '',
    '20240230',
    '2023-02-29',
    '2024-13-01',
    '2024-03-14T24:00:01',
    '2024-03-14T24:00:00.5',
    '9999-12-31T24:00:00',
    '2024-03-14T16:60:00',
    '2024-0314',
    '202403-14T16:20:05',
    '0000-03-14T16:20:05',
    '0000-03-14',
    '2024-03-14T16:20:05+14:01',
    '2024-03-14T16:20:05+19:00',
    '2024-03-14T16:20:05-02:60',
    '2024-3-14',
    '2024-03-14T16:20:05+25:00',
    'soon',
  ])('are refused when they do not exist: %j', (sent) => {
    expect(dateTime().read(sent)).toBeInstanceOf(Problem);
  });

  it.each(['9999-12-31T23:59:59-12:00', '0001-01-01T00:00:00+12:00'])(
    'are refused where UTC has no year of four digits for them: %s',
    (sent) => {
      expect(dateTime({ zone: 'utc' }).read(sent)).toBeInstanceOf(Problem);
      expect(dateTime().read(sent)).toBe(sent);
    },
  );

  it('have short forms', () => {
    expect([date8().read('20240314'), date8().read('2024-03-14'), date8().write('2024-03-14')]).toEqual([
      '2024-03-14',
      '2024-03-14',
      '20240314',
    ]);
    expect([time6().read('162005'), time6().read('16:20:05'), time6().write('16:20:05')]).toEqual(['16:20:05', '16:20:05', '162005']);
    expect([date10().read('20240314'), date10().write('2024-03-14')]).toEqual(['2024-03-14', '2024-03-14']);
    expect(date10().write('20240314')).toBeInstanceOf(Problem);
    for (const wrong of ['20240230', '0', '', '2024-0314', '0000-01-01']) expect(date8().read(wrong)).toBeInstanceOf(Problem);
    for (const wrong of ['246000', '1620', '', '16:2005', '1620:05']) expect(time6().read(wrong)).toBeInstanceOf(Problem);
  });
});

describe('numbers', () => {
  it.each(['0', '-12.50', '0.00', '123456789012345.12345', '1.00000'])('keep every digit: %s', (sent) => {
    expect(decimalText().read(sent)).toBe(sent);
  });

  it.each([
    ['+3', '3'],
    ['00042', '42'],
    ['000000000000000000000000240', '240'],
    ['.5', '0.5'],
    ['-.5', '-0.5'],
    ['240.', '240'],
    ['240.000000', '240'],
    ['12.5000000', '12.5'],
    ['-0', '0'],
    ['-0.00', '0.00'],
    ['000.10', '0.10'],
    [' 7\n', '7'],
  ])('lose the zeros and signs that mean nothing: %s', (sent, value) => {
    expect([decimalText().read(sent), decimalText().write(sent)]).toEqual([value, value]);
  });

  it.each(['', '1e3', '.', '-', '+.', '1,5', '1.0000001', '123456789012345678901', '１２', 'NaN', '1 2', '--1'])(
    'are refused: %j',
    (sent) => {
      expect(decimalText().read(sent)).toBeInstanceOf(Problem);
    },
  );

  it.each(['1234567890123456', '1234567890123456.1', '+1234567890123456.12345', '-1234567890123456', '1.123456'])(
    'have fifteen digits before the point and five behind it, read and written: not %s',
    (wrong) => {
      for (const outcome of [decimalText().read(wrong), decimalText().write(wrong)]) expect(outcome).toBeInstanceOf(Problem);
    },
  );

  it.each(['123456789012345', '-123456789012345.12345', '0.00001'])('are written as they are: %s', (value) => {
    expect([decimalText().write(value), decimalText().read(value)]).toEqual([value, value]);
  });

  it('may be whole only', () => {
    expect(integerText().read('9223372036854775807')).toBe('9223372036854775807');
    expect(integerText({ digits: 3 }).read('1234')).toBeInstanceOf(Problem);
    expect(integerText().read('+007')).toBe('7');
    for (const wrong of ['1.0', '1.', '']) expect(integerText().read(wrong)).toBeInstanceOf(Problem);
  });
});

describe('words and texts', () => {
  it('ignore blanks around a word, and keep them in a text', () => {
    expect(oneOf('C', 'S').read('\n C ')).toBe('C');
    expect(flag({ yes: '1', no: '0' }).read(' 1 ')).toBe(true);
    expect(text().read(' C ')).toBe(' C ');
  });

  it('lose the blanks of XML where they are trimmed, and no other white space', () => {
    expect(text({ trim: true }).read(' \t\r\n\u00a0a\u2003 ')).toBe('\u00a0a\u2003');
  });

  it('count characters, not units', () => {
    expect(text({ max: 2 }).read('😀😀')).toBe('😀😀');
    expect(text({ max: 2 }).read('😀😀😀')).toEqual(new Problem('has 3 characters; at most 2 are allowed'));
    expect(text({ min: 1 }).read('')).toEqual(new Problem('is empty'));
  });
});

describe('codes that are the same in either case', () => {
  it('have the letters that are asked for, read and written', () => {
    const code = text({ trim: true, letters: 'upper', max: 3 });
    expect([code.read(' cad '), code.write('cad'), code.read('cads')]).toEqual([
      'CAD',
      'CAD',
      new Problem('has 4 characters; at most 3 are allowed'),
    ]);
    expect(text({ letters: 'lower' }).read(' AbC')).toBe(' abc');
  });
});

describe('what a type says of itself', () => {
  it.each([
    [text({ max: 32 }), 'text, at most 32 characters'],
    [text({ min: 1 }), 'text, not empty'],
    [text({ min: 2, max: 3, letters: 'upper' }), 'text, at least 2 characters, at most 3 characters, upper case'],
    [oneOf('C', 'S'), 'C | S'],
    [flag({ yes: '1', no: '0' }), '1 | 0'],
    [decimalText({ digits: 9, scale: 2 }), 'decimal number, at most 7 digits before the point and 2 behind it'],
    [integerText({ digits: 4 }), 'whole number, at most 4 digits'],
    [date8(), 'date, YYYYMMDD'],
    [date10(), 'date, YYYY-MM-DD'],
    [time6(), 'time of day, HHMMSS'],
    [dateTime(), 'date and time, ISO 8601'],
  ])('is data, and a sentence: %#', ({ facets }, words) => {
    expect(describeFacets(facets)).toBe(words);
    expect(JSON.parse(JSON.stringify(facets))).toEqual(facets);
  });
});

describe('a text of any length', () => {
  // One that took the square of its length would need minutes.
  const many = 400_000;

  it.each([
    ['zeros inside of a fraction', decimalText(), `1.${'0'.repeat(many)}1`],
    ['zeros in front of what is no number', decimalText(), `${'0'.repeat(many)}x`],
    ['blanks inside', text({ trim: true, max: 3 }), ` a${' '.repeat(many)}b`],
    ['blanks inside of a number', integerText(), ` 1${' '.repeat(many)}1`],
    ['zeros inside of the fraction of a second', dateTime(), `2024-03-14T16:20:05.${'0'.repeat(many)}1`],
  ])('is refused in a time that grows with it alone: %s', (_title, type, written) => {
    expect(type.read(written)).toBeInstanceOf(Problem);
  });

  it('is taken where only what means nothing is long', () => {
    expect(decimalText().read(`${'0'.repeat(many)}7.5${'0'.repeat(many)}`)).toBe('7.5');
    expect(text({ trim: true }).read(`${' '.repeat(many)}a`)).toBe('a');
  });
});
