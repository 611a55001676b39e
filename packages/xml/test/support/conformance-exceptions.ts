/**
 * Not well-formed documents of the W3C suite that the reader accepts. Nothing else is accepted, and each of these is.
 */
export const acceptedFaults = {
  /** The fault lies in an external DTD or entity, which is never fetched. */
  elsewhere: [
    ...numbered('not-wf-not-sa-', ['001', '003', '004', '006', '007', '008', '009']),
    ...numbered('o-p', [
      '09fail1',
      '09fail2',
      '30fail1',
      '31fail1',
      '61fail1',
      '62fail1',
      '62fail2',
      '63fail1',
      '63fail2',
      '64fail1',
      '64fail2',
    ]),
    ...numbered('ibm-not-wf-', ['P30-ibm30n01.xml', 'P31-ibm31n01.xml', 'P61-ibm61n01.xml']),
    ...numbered('ibm-not-wf-P62-ibm62n0', ['1.xml', '2.xml', '3.xml', '4.xml', '5.xml', '6.xml', '7.xml', '8.xml']),
    'rmt-001',
  ],
  /** A fault up to the fourth edition of XML 1.0, none in the fifth, which the reader follows. */
  untilFifthEdition: ['rmt-016', 'rmt-019'],
  /** A fault against Namespaces in XML. The reader reports names as they are written and resolves no prefix. */
  namespaces: numbered('rmt-ns10-0', ['13', '14', '15', '16', '23', '25', '26', '29', '30', '31', '32', '33', '36', '42']),
} as const;

/** Valid documents that are refused for an unknown entity: it is declared in an external DTD, which is never fetched. */
export const unknownEntities = [
  'valid-not-sa-031',
  'v-pe00',
  'ibm-valid-P09-ibm09v03.xml',
  'ibm-valid-P32-ibm32v02.xml',
  'rmt-e2e-19',
] as const;

function numbered(prefix: string, ends: readonly string[]): readonly string[] {
  return ends.map((end) => prefix + end);
}
