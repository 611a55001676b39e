import type { Grammar, MessageField } from '@waybill/contract';
import { fieldsOf } from '@waybill/mapping';
import { chooseBy } from '@waybill/values';
import { type Holds, type KnownDocument, knownDocuments } from './documents.ts';
import type { CxmlKind, DtdModule } from './envelope/definition.ts';
import { systemIdOf } from './envelope/write.ts';

/** A type of document, for the table of messages of a pack. */
export interface CxmlType {
  readonly kind: CxmlKind;
  readonly type: string;
  /** Tells two of the same type apart: a `StatusUpdateRequest` of a buyer is a command, one of a supplier tells of an event. */
  readonly holds: Holds;
  readonly module: DtdModule;
  readonly summary: string;
  /** The documentation table: paths from below the root, and fields of the input. */
  readonly fields: () => readonly MessageField[];
  /** A document with made-up content; without `seed`, one that has everything once. */
  readonly sample: (seed?: number) => string;
  /** The DTD that our own declarations print: what is written is valid by it. */
  readonly grammar: () => Promise<Grammar>;
}

/** Every type of document that is known here. */
export const documents: readonly CxmlType[] = knownDocuments.map(described);

function described({ definition: { kind, type, holds, module, summary }, message }: KnownDocument): CxmlType {
  return {
    kind,
    type,
    holds,
    module,
    summary,
    fields: () => fieldsOf(message.root).map(inInput),
    sample: (seed) => message.write(message.makeUp(seed === undefined ? undefined : chooseBy(seed)), { systemId: systemIdOf({ module }) }),
    grammar: async () => {
      // Tools alone ask for it, and the code that prints it is half of what reads XML.
      const { dtdOf, printDtd } = await import('@waybill/xml/dtd');
      return { language: 'dtd', text: printDtd(dtdOf(message.root)) };
    },
  };
}

/** A field as the command or the event knows it: the envelope around them is ours. */
function inInput(field: MessageField): MessageField {
  if (field.field === undefined) return field;
  const { field: place, ...rest } = field;
  return place.startsWith('input') ? (place === 'input' ? rest : { ...rest, field: place.slice('input.'.length) }) : rest;
}
