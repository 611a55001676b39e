import { type Conversion, ignored, mapping, type Node, type Nodes } from '@waybill/mapping';
import { flag } from '@waybill/values';
import { defineXmlMessage, type XmlMessage } from '@waybill/xml';
import { given, id, present, words, written } from '../parts/texts.ts';
import type { CxmlStatus } from '../status/codes.ts';
import { type DocumentDefinition, groupOf } from './definition.ts';
import { asSpeakers, header, type Speakers } from './speakers.ts';
import { code } from './status-code.ts';

/** What a document says as a whole. */
export interface Envelope {
  payloadId: string;
  timestamp: string;
  version?: string;
  language?: string;
  speakers?: Speakers;
  test?: boolean;
  inReplyTo?: string;
  status?: CxmlStatus;
  input?: object;
}

interface WireStatus {
  code: number;
  text?: string;
  language?: string;
  detail?: string;
}

const e = mapping<Envelope>();
const s = mapping<WireStatus>();

const asStatus: Conversion<WireStatus, CxmlStatus> = {
  read: ({ code: number, text = '', language, detail }) =>
    present({ code: number, text, detail: given(detail), language: given(language) }) as CxmlStatus,
  write: ({ code: number, text, language, detail }) => present({ code: number, text, language, detail }) as WireStatus,
};

const status = (name: string): Node =>
  e.turned(name, 'status', asStatus, [
    s.leaf('@code', 'code', code),
    s.leaf('@text?', 'text', words('OK')),
    s.leaf('@xml:lang?', 'language', words('en-US')),
    s.leaf('.?', 'detail', words('Sender credential not accepted')),
  ]);

/** Absent means production. */
const deploymentMode = (): Node => e.leaf('@deploymentMode?', 'test', flag({ yes: 'test', no: 'production' }), { preset: false });

/** The definition of a whole document: `cXML` with all that is in it. */
export function framed({ kind, type, nodes, converts }: DocumentDefinition): XmlMessage<Envelope> {
  const content = (): Node => groupOf(type, nodes() as Nodes<never>, ['input'], converts);
  const spoken = (): Node => e.turned('Header?', 'speakers', asSpeakers, header());
  const body = (): readonly Node[] => {
    switch (kind) {
      case 'request':
        return [spoken(), groupOf('Request', [deploymentMode(), ignored('@Id?'), content()])];
      case 'message': {
        const own = [deploymentMode(), e.leaf('@inReplyTo?', 'inReplyTo', words('1790000010.4711.100010@buy.larkfield.example'))];
        return [spoken(), groupOf('Message', [...own, ignored('@Id?'), status('Status?'), content()])];
      }
      case 'response':
        return [groupOf('Response', [ignored('@Id?'), status('Status'), ...(type === 'Response' ? [] : [content()])])];
    }
  };
  return defineXmlMessage<Envelope>({ root: () => groupOf('cXML', [...attributes(), ...body()]) });
}

const attributes = (): Nodes<Envelope> => [
  e.leaf('@payloadID', 'payloadId', id('1790000100.4711.100100@buy.larkfield.example')),
  e.leaf('@timestamp', 'timestamp', written()),
  e.leaf('@version?', 'version', words('1.2.050')),
  ignored('@signatureVersion?'),
  e.leaf('@xml:lang?', 'language', words('en-US')),
];
