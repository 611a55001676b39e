import { type DescribedField, fieldsOf, type Group } from '@waybill/mapping';
import { type MessageTable, userDataWidths } from './layouts/message.ts';
import type { FieldRow } from './layouts/record.ts';

const evidence = { D: 'documented', N: 'named in the reference, width inferred', H: 'inferred', L: 'inferred, weakly' } as const;

/** The documentation table: what each field means, how wide it is, and how well that is known. */
export function fieldsOfMessage(root: Group, { headers, items }: MessageTable): readonly DescribedField[] {
  const records = [...headers, ...(items === undefined ? [] : [items.record])];
  const rows = new Map<string, FieldRow>(records.flatMap(({ tag, rows: each }) => each.map((row) => [`${tag}/${row[0]}`, row] as const)));
  return fieldsOf(root).map((field) => {
    const { path, type, description } = field;
    // An empty list of user data is taken as well: reference/legacy-messages.md, section 1.1.
    if (path.endsWith('/DATUSR')) return { ...field, type: 'fields', occurs: '0..n' };
    if (type === 'elements') return { ...field, type: /PROLOG$|[0-9]$/.test(path) ? 'fields' : 'records' };
    const row = rows.get(path.split('/').slice(-2).join('/'));
    if (row === undefined) return { ...field, ...everywhere(path, description), type: type === 'always ' ? 'always blank' : type };
    const [, width, mark, about] = row;
    return { ...field, width, description: `${about}; ${width === 0 ? 'no room' : `${width} wide`}, ${evidence[mark]}` };
  });
}

/** Fields that every message has, and how wide they are. */
const widths: Readonly<Record<string, number>> = { NC_MsgType: 10, NC_MsgVersion: 2, NC_RESERVED: 10, NC_FieldName: userDataWidths.name };
const ownLength = `as wide as NC_FieldLength before it says, which is ${userDataWidths.length} wide; documented`;

function everywhere(path: string, about: string | undefined): { readonly description?: string; readonly width?: number } {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const width = name.endsWith('VersionNumber') ? 2 : widths[name];
  const said = width !== undefined ? `${width} wide, documented` : name === 'NC_FieldValue' ? ownLength : undefined;
  const description = [about, said].filter((each) => each !== undefined).join('; ');
  return { ...(description === '' ? {} : { description }), ...(width === undefined ? {} : { width }) };
}
