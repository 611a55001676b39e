import { fieldsOf } from '@waybill/mapping';
import { describe, expect, it } from 'vitest';
import { parcel } from './parcel.ts';

describe('the documentation table of a definition', () => {
  // What it says for a machine is asked of in the tests of mappings.
  const fields = fieldsOf(parcel.root).map(({ holds: _holds, free: _free, ...words }) => words);

  it('lists elements and attributes in schema order', () => {
    expect(fields.map(({ path }) => path)).toEqual([
      '@version',
      'Verb',
      'Verb@value',
      'Number',
      'Sent',
      'At',
      'PackedDay',
      'PackedTime',
      'FullName',
      'LastName',
      'FirstName',
      'Road',
      'Gate',
      'Mark',
      'Mark@of',
      'Label',
      'Label@kind',
      'Label@colour',
      'Note',
      'Price',
      'Line',
      'Way',
      'Period',
      'Period/From',
      'Period/To',
      'Fragile',
      'Insured',
      'Damage',
      'Pin',
      'Box',
      'Box@id',
      'Box/Box',
      'UserData',
      'UserData/UserDataField',
      'UserData/UserDataField@name',
      'Loose',
    ]);
  });

  it.each([
    { path: '@version', occurs: '1', type: 'always 1.0' },
    { path: 'Number', occurs: '1', type: 'whole number, at most 4 digits', description: 'number of the parcel', field: 'number' },
    { path: 'FullName', occurs: '0..1', type: 'text', description: 'one of several', field: 'fullName' },
    { path: 'Label', occurs: '1..3', type: 'text, at most 20 characters', field: 'labels[].text' },
    { path: 'Label@kind', occurs: '0..1', type: 'paper | cloth; without it paper', field: 'labels[].kind' },
    {
      path: 'Price',
      occurs: '0..n',
      type: 'decimal number, at most 4 digits before the point and 2 behind it',
      description: 'one of several',
      field: 'notes[].price',
    },
    { path: 'PackedTime', occurs: '0..1', type: 'time of day, HHMMSS', field: 'packed' },
    { path: 'Gate', occurs: '0..1', type: 'text', field: 'way.gate' },
    { path: 'Line', occurs: '0..n', type: 'text, at most 20 characters', field: 'lines[]' },
    { path: 'Mark', occurs: '0..2', type: 'text, at most 5 characters', field: 'ours or theirs' },
    { path: 'Mark@of', occurs: '0..1', type: 'us | them; without it us' },
    { path: 'Way', occurs: '0..2', type: 'text, at most 5 characters', field: 'first or second' },
    { path: 'Fragile', occurs: '0..1', type: 'empty', field: 'fragile' },
    { path: 'Box/Box', occurs: '0..n', type: 'elements', description: 'a box in a box; nested, as above', field: 'boxes[].boxes[]' },
  ])('says how often and what: $path', (field) => {
    expect(fields).toContainEqual(field);
  });
});

describe('a made-up value', () => {
  it('has everything once, and is valid', () => {
    const sample = parcel.write(parcel.makeUp());
    const names = fieldsOf(parcel.root).map(({ path }) => /[A-Za-z]+$/.exec(path)?.[0] ?? '');
    expect(names.filter((name) => !sample.includes(name))).toEqual(['LastName', 'FirstName', 'Price']);
    expect(parcel.read(sample)).toEqual(parcel.makeUp());
  });
});
