import type { MessageField } from '@waybill/contract';
import { fieldsOf, type Group } from '@waybill/mapping';
import { type MessageTable, userDataWidths } from './layouts/message.ts';
import type { FieldRow } from './layouts/record.ts';

const evidence = { D: 'documented', N: 'named in the reference, width inferred', H: 'inferred', L: 'inferred, weakly' } as const;

/** The documentation table: what each field means, how wide it is, and how well that is known. */
export function fieldsOfMessage(root: Group, { headers, items }: MessageTable): readonly MessageField[] {
  const records = [...headers, ...(items === undefined ? [] : [items.record])];
  const rows = new Map<string, FieldRow>(records.flatMap(({ tag, rows: each }) => each.map((row) => [`${tag}/${row[0]}`, row] as const)));
  return fieldsOf(root).map((field) => {
    const { path, type, description } = field;
    if (type === 'elements') return { ...field, type: /PROLOG$|DATUSR$|[0-9]$/.test(path) ? 'fields' : 'records' };
    const row = rows.get(path.split('/').slice(-2).join('/'));
    if (row === undefined) return { ...field, type: type === 'always ' ? 'always blank' : type, description: described(path, description) };
    const [, width, mark, about] = row;
    return { ...field, description: `${about}; ${width === 0 ? 'no room' : `${width} wide`}, ${evidence[mark]}` };
  });
}

/** Fields that every message has. */
const everywhere: Readonly<Record<string, string>> = {
  NC_MsgType: '10 wide, documented',
  NC_MsgVersion: '2 wide, documented',
  NC_RESERVED: '10 wide, documented',
  NC_FieldName: `${userDataWidths.name} wide, documented`,
  NC_FieldValue: `as wide as NC_FieldLength before it says, which is ${userDataWidths.length} wide; documented`,
};

function described(path: string, description: string | undefined): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const width = name.endsWith('VersionNumber') ? '2 wide, documented' : everywhere[name];
  return [description, width].filter((each) => each !== undefined).join('; ') || undefined;
}
