import { isXmlName } from '../../writing/writer.ts';
import type { DtdContent, DtdGroup, DtdOccurs, DtdPart } from '../model.ts';
import type { DtdInput } from './input.ts';

/** Reads the content of an element whose declaration began at the depth `base`. */
export function readContent(input: DtdInput, base: number): DtdContent {
  if (input.take('EMPTY')) return { kind: 'empty' };
  if (input.take('ANY')) return { kind: 'any' };
  if (!input.take('(')) input.fail('The content of an element is EMPTY, ANY or a group in brackets.');
  const opened = input.depth;
  input.separate(base);
  return input.take('#PCDATA') ? readMixed(input, base, opened) : { kind: 'children', group: readGroup(input, base, opened, 1) };
}

/** Reads a name. `of` says whose it is. */
export function readName(input: DtdInput, of: string): string {
  const name = input.token();
  if (!isXmlName(name)) input.fail(`The name of ${of} is missing here, or is none.`);
  return name;
}

function readMixed(input: DtdInput, base: number, opened: number): DtdContent {
  const names = new Set<string>();
  input.separate(base);
  while (input.take('|')) {
    input.separate(base);
    const name = readName(input, 'an element');
    if (names.has(name)) input.fail(`The element ${name} is named twice in mixed content.`);
    names.add(name);
    input.separate(base);
  }
  close(input, opened);
  const repeats = input.take('*');
  if (names.size === 0) return { kind: 'text' };
  if (!repeats) input.fail('Text mixed with elements ends with )*.');
  return { kind: 'mixed', names: [...names] };
}

/** Reads a group behind its opening bracket. */
function readGroup(input: DtdInput, base: number, opened: number, depth: number): DtdGroup {
  input.checkDepth(depth, 'Groups');
  const parts: DtdPart[] = [];
  let between: string | undefined;
  for (;;) {
    input.separate(base);
    parts.push(readPart(input, base, depth));
    input.separate(base);
    const sign = input.next;
    if (sign !== ',' && sign !== '|') break;
    if (between !== undefined && sign !== between) input.fail('A group has , or | between its parts, not both.');
    between = sign;
    input.take(sign);
  }
  close(input, opened);
  return { kind: between === '|' ? 'choice' : 'sequence', parts, occurs: readOccurs(input) };
}

function readPart(input: DtdInput, base: number, depth: number): DtdPart {
  if (input.take('(')) return readGroup(input, base, input.depth, depth + 1);
  const name = readName(input, 'an element');
  return { kind: 'element', name, occurs: readOccurs(input) };
}

function readOccurs(input: DtdInput): DtdOccurs {
  for (const sign of ['?', '*', '+'] as const) if (input.take(sign)) return sign;
  return '1';
}

function close(input: DtdInput, opened: number): void {
  if (!input.take(')')) input.fail('A group is not closed here, or the sign between two of its parts is missing.');
  if (input.depth !== opened) input.fail('A group ends in another parameter entity than it begins in.');
}
