import type { ReadMessage } from '@waybill/contract';
import { oneOf, text } from '@waybill/values';
import { attribute, defineXmlMessage, element, optional, record, type ValueOf, type WritingOf } from '@waybill/xml';
import { bind } from '../binding.ts';
import { given } from '../given.ts';

// WCS_Error: reference/fulfillment-messages.md, section 2.7. The stock template leaves elements open and values
// unescaped; this one does not. The spelling of OrginatingCommand is that of the original.

const anyText = text({ example: '99999' });

const wcsError = defineXmlMessage({
  root: element('WCS_Error', {
    attributes: {
      type: attribute(
        'type',
        oneOf('GenericApplicationError', 'GenericSystemError'),
        'who can do something about it: the sender, or the operator',
      ),
    },
    children: {
      requestAttributes: optional(record('RequestAttributes', anyText, 'what was asked, by name; never a secret')),
      exception: optional(
        element('Exception', {
          children: {
            type: element('ExceptionType', text({ example: '1' }), '1 for an application error, 0 for a system error'),
            key: element('MessageKey', text({ example: 'WB_XML_MISSING_ELEMENT' }), 'the error code'),
            message: element('Message', text({ example: 'The store identifier in the request is not valid.' })),
            command: element('OrginatingCommand', text({ example: 'pick-list.get' })),
            parameters: record('ExceptionParameters', anyText, 'place and hint, where there are such'),
            stack: optional(element('ExceptionStack', text({ example: '' }))),
          },
        }),
      ),
    },
  }),
});

type WcsError = ValueOf<typeof wcsError.root>;

/** What a WCS_Error tells. */
export interface ErrorReport {
  /** True: not the sender's fault. */
  readonly system: boolean;
  /** The command that was asked for, or the message that could not be read. */
  readonly command: string;
  /** The error code. */
  readonly code: string;
  readonly message: string;
  /** Place and hint. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What was asked, flat, without secrets. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

function write({ system, attributes, command, code, message, parameters }: ErrorReport): WritingOf<typeof wcsError.root> {
  return {
    type: system ? 'GenericSystemError' : 'GenericApplicationError',
    requestAttributes: attributes,
    exception: { type: system ? '0' : '1', key: code, message, command, parameters },
  };
}

function read({ type, requestAttributes, exception }: WcsError): ReadMessage {
  const system = type === 'GenericSystemError';
  if (exception === undefined) return { command: '', input: given({ system, attributes: requestAttributes }) };
  const { key: code, message, command, parameters } = exception;
  return { command, input: given({ system, command, code, message, parameters, attributes: requestAttributes }) };
}

export const errorBinding = bind({
  type: {
    name: 'WCS_Error',
    version: '1.0',
    direction: 'out',
    summary: 'Says why an inbound message failed before its command could answer.',
  },
  message: wcsError,
  read,
  write,
});
