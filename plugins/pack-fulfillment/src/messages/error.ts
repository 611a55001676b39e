import { ignored, mapping, same } from '@waybill/mapping';
import { flag, text } from '@waybill/values';
import { defineXmlMessage } from '@waybill/xml';
import { bind } from '../binding.ts';
import type { Envelope } from '../envelope.ts';

// WCS_Error: reference/fulfillment-messages.md, section 2.7. The stock template leaves elements open and values
// unescaped; this one does not. The spelling of OrginatingCommand is that of the original.

/** What a WCS_Error tells. */
export interface ErrorReport {
  /** True: not the sender's fault. */
  readonly system: boolean;
  /** The command that was asked for, or the message that could not be read. */
  readonly command?: string | undefined;
  /** The error code. */
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** Place and hint. */
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  /** What was asked, flat, without secrets. */
  readonly attributes?: Readonly<Record<string, string>> | undefined;
}

const e = mapping<ErrorReport>();
const anyText = text({ example: '99999' });
const whose = flag({ yes: 'GenericSystemError', no: 'GenericApplicationError' });

const wcsError = defineXmlMessage<Envelope<ErrorReport>>({
  root: () =>
    mapping<Envelope<ErrorReport>>().group('WCS_Error', [
      mapping<Envelope<ErrorReport>>().all('input', [
        e.leaf('@type', 'system', whose, { about: 'who can do something about it: the sender, or the operator' }),
        e.entries('RequestAttributes?', 'attributes', { as: anyText, about: 'what was asked, by name; never a secret' }),
        e.group('Exception?', [
          same('ExceptionType', 'input.system', flag({ yes: '0', no: '1' }), { about: '1 for an application error, 0 for a system error' }),
          e.leaf('MessageKey', 'code', text({ example: 'WB_XML_MISSING_ELEMENT' }), { about: 'the error code' }),
          e.leaf('Message', 'message', text({ example: 'The store identifier in the request is not valid.' })),
          e.leaf('OrginatingCommand', 'command', text({ example: 'pick-list.get' })),
          e.entries('ExceptionParameters', 'parameters', { as: anyText, about: 'place and hint, where there are such' }),
          ignored('ExceptionStack?'),
        ]),
      ]),
    ]),
});

export const errorBinding = bind({
  type: {
    name: 'WCS_Error',
    version: '1.0',
    direction: 'out',
    summary: 'Says why an inbound message failed before its command could answer.',
  },
  message: wcsError,
  interpret: ({ input }) => ({ command: input.command, input }),
});
