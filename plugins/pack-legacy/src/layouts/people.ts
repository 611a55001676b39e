import type { Evidence, FieldRow } from './record.ts';

// Names and addresses have the same widths wherever they stand; the columns are those of the table ADDRESS.

export function nameRows(prefix: string, whose: string): readonly FieldRow[] {
  return [
    [`${prefix}LastName`, 30, 'D', `family name ${whose}`, 'free'],
    [`${prefix}MiddleName`, 30, 'D', `middle name ${whose}`, 'free'],
    [`${prefix}FirstName`, 30, 'D', `given name ${whose}`, 'free'],
  ];
}

export function placeRows(prefix: string, whose: string, evidence: Evidence): readonly FieldRow[] {
  return [
    [`${prefix}Addr1`, 50, evidence, `address ${whose}, first line`, 'free'],
    [`${prefix}Addr2`, 50, evidence, `address ${whose}, second line`, 'free'],
    [`${prefix}Addr3`, 50, evidence, `address ${whose}, third line`, 'free'],
    [`${prefix}City`, 30, evidence, `city ${whose}`, 'free'],
    [`${prefix}State`, 20, evidence, `state or province ${whose}, abbreviated`, 'free'],
    [`${prefix}Country`, 30, evidence, `country or region ${whose}`, 'free'],
    [`${prefix}ZipCode`, 20, evidence, `postal code ${whose}`, 'free'],
  ];
}

export function contactRows(prefix: string, whose: string, evidence: Evidence): readonly FieldRow[] {
  return [
    [`${prefix}Email1`, 254, evidence, `primary e-mail or URL ${whose}`, 'free'],
    [`${prefix}Email2`, 254, evidence, `secondary e-mail or URL ${whose}`, 'free'],
    [`${prefix}Phone1`, 30, evidence, `primary telephone ${whose}`, 'free'],
    [`${prefix}Phone2`, 30, evidence, `secondary telephone ${whose}`, 'free'],
    [`${prefix}Fax`, 30, evidence, `fax ${whose}`, 'free'],
  ];
}
