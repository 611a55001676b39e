import { describe, expect, it } from 'vitest';
import { dayInstant, describe as describeFacets, Problem, reference, timestamp } from '../src/index.ts';

// What databases and programs in COBOL write.

describe('dates and times', () => {
  it('may be written as DB2 does it', () => {
    expect(timestamp().write('2024-03-14T16:20:05.25')).toBe('2024-03-14-16.20.05.250000');
    expect(timestamp().write('2024-03-14T16:20:05+02:00')).toBe('2024-03-14-14.20.05.000000');
    expect(timestamp().read('2024-04-30-24.00.00.000000')).toBe('2024-05-01T00:00:00');
    for (const wrong of ['2024-02-30-00.00.00.000000', 'soon']) expect(timestamp().read(wrong)).toBeInstanceOf(Problem);
    expect(timestamp().write('soon')).toBeInstanceOf(Problem);
  });

  it('may be days, which are their first moments', () => {
    expect(dayInstant().read('20240314')).toBe('2024-03-14T00:00:00');
    expect(dayInstant().write('2024-03-14T00:00:00.000Z')).toBe('20240314');
    expect(dayInstant().write('2024-03-14T01:00:00+01:00')).toBe('20240314');
    expect(dayInstant().read('20240230')).toBeInstanceOf(Problem);
    for (const wrong of ['2024-03-14T00:00:01', '2024-03-14T00:00:00.5', '2024-03-14T00:00:00+01:00', 'soon'])
      expect(dayInstant().write(wrong)).toBeInstanceOf(Problem);
  });
});

describe('reference numbers', () => {
  it.each([
    ['0000070415', '70415'],
    ['+17', '17'],
    [' 17 ', '17'],
    ['000', '0'],
    ['9223372036854775807', '9223372036854775807'],
  ])('lose what means nothing: %s', (sent, value) => {
    expect(reference().read(sent)).toBe(value);
    expect(reference().write(value)).toBe(value);
  });

  it.each(['', ' ', '-1', '1.0', '12a', '1 2', '92233720368547758070'])('are refused: %j', (sent) => {
    expect(reference().read(sent)).toBeInstanceOf(Problem);
    expect(reference().write(sent)).toBeInstanceOf(Problem);
  });

  it.each(['007', '+7', ' 7'])('are not written where they would be read as another text: %j', (value) => {
    expect(reference().write(value)).toBeInstanceOf(Problem);
  });
});

describe('what these types say of themselves', () => {
  it.each([
    [timestamp(), 'date and time, yyyy-mm-dd-hh.mm.ss.nnnnnn'],
    [dayInstant(), 'date, YYYYMMDD'],
    [reference({ digits: 4 }), 'whole number, at most 4 digits'],
  ])('is a sentence: %#', ({ facets }, words) => {
    expect(describeFacets(facets)).toBe(words);
  });

  it('takes no longer where a long text of zeros is no number', () => {
    expect(reference().read(`${'0'.repeat(200_000)}x`)).toBeInstanceOf(Problem);
  });
});
