import { EditedForm } from '../editing/edited.ts';
import { editedPicture } from '../editing/picture.ts';
import type { Field } from '../layout/layout.ts';
import { BinaryForm } from './binary.ts';
import { parsed, usualForms } from './date-format.ts';
import { DateForm } from './dates.ts';
import type { FieldForm } from './field-form.ts';
import { NumberForm } from './number.ts';
import { PackedForm } from './packed.ts';
import type { Physical } from './physical.ts';
import { CountedTextForm, TextForm } from './text.ts';
import { ZonedForm } from './zoned.ts';

/** How a field of a checked layout is read and written; otherwise what is wrong with it, as a clause that completes "The field …". */
export function formOf(field: Field, physical: Physical): FieldForm | string {
  const wrong = unsupported(field, physical);
  if (wrong !== undefined) return wrong;
  if (field.type === undefined || field.type === 'text') {
    return typeof field.length === 'number' ? new TextForm(field, physical) : new CountedTextForm(field.length.max);
  }
  switch (field.type) {
    case 'number':
      return new NumberForm(field, physical);
    case 'date':
    case 'time':
    case 'timestamp': {
      const parts = parsed(field.format ?? usualForms[field.type], field.type, field.pivot);
      if (typeof parts === 'string') return `has a form that ${parts}`;
      if ((field.length ?? parts.width) < parts.width) return `is shorter than its form ${parts.format}`;
      return new DateForm(field, parts, physical);
    }
    case 'zoned':
      return new ZonedForm(field, physical);
    case 'packed':
      return new PackedForm(field, physical);
    case 'binary':
      return new BinaryForm(field, physical);
    case 'edited': {
      const picture = editedPicture(field.picture, field.decimalComma ?? false);
      return typeof picture === 'string'
        ? `has a picture that ${picture}`
        : new EditedForm(picture, field.blankWhenZero ?? false, physical);
    }
  }
}

function unsupported(field: Field, { page, unit, signs }: Physical): string | undefined {
  if ((field.type === 'packed' || field.type === 'binary') && page.wide && unit === 'characters') {
    return `is ${field.type}, so that widths have to count bytes; set \`units: "bytes"\``;
  }
  if (field.type === 'zoned' && field.signed && !field.separate && !page.ebcdic && signs === undefined) {
    return 'has its sign in a digit; say with `signs` which characters that are in ASCII, "translated" ({ A to I } J to R) or "native" (p to y)';
  }
  return undefined;
}
