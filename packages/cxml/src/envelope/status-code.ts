import { Problem, type TextType } from '@waybill/values';

const problem = new Problem('is not a number of three digits');

/** The code of a status. */
export const code: TextType<number> = {
  facets: { kind: 'number', digits: 3, scale: 0 },
  secret: false,
  read: (text) => (/^[1-9][0-9]{2}$/.test(text.trim()) ? Number(text) : problem),
  write: (value) => (Number.isInteger(value) && value >= 100 && value <= 999 ? String(value) : problem),
  makeUp: () => 200,
};
