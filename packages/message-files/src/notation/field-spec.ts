import type { Path } from '@waybill/mapping';
import type { AnyTextType } from '@waybill/values';
import { type Types, textTypeOf } from '../texts/text-types.ts';
import type { Placed, Problems } from './problems.ts';

/** Where a text goes and what it means: `totals.net as amount`, `fields[]`. */
export interface FieldSpec {
  readonly to: Path;
  /** A list keeps each occurrence: `fields[]`. */
  readonly list: boolean;
  readonly as: AnyTextType;
}

/** Reads `field as type`; without a type it is text as it stands. */
export function fieldSpecOf(written: string, at: Placed, types: Types, width?: number): FieldSpec | undefined {
  const { problems } = types;
  const [, field = '', , type] = /^(\S+)(\s+as\s+(.+))?$/.exec(written.trim()) ?? [];
  if (field === '')
    return problems.notation(`"${written}" is not of the form "field" or "field as type".`, at, 'For example: orderId as id(64).');
  const place = placeOf(field, at, problems);
  const as = textTypeOf(type ?? 'text', at, types, { width });
  return place && as && { ...place, as };
}

/** Reads a path, with `[]` behind it for a list. */
export function placeOf(field: string, at: Placed, problems: Problems): Pick<FieldSpec, 'to' | 'list'> | undefined {
  const list = field.endsWith('[]');
  const to = (list ? field.slice(0, -2) : field).split('.');
  if (to.every(isFieldName)) return { to, list };
  return problems.notation(
    `"${field}" is not a path of fields.`,
    at,
    'Names of fields with dots between them, such as totals.net, and [] behind a list.',
  );
}

function isFieldName(name: string): boolean {
  return /^[A-Za-z_$][\w$-]*$/.test(name) && name !== '__proto__';
}
