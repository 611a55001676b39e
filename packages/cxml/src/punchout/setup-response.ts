import { ignored, mapping } from '@waybill/mapping';
import { defineDocument } from '../envelope/definition.ts';
import { id } from '../parts/texts.ts';

/** Where the browser begins: the output of `punchout.set-up`. */
export interface SetupAnswer {
  readonly startPage: string;
}

const s = mapping<SetupAnswer>();

/** reference/procurement-messages.md, section 3.5. */
export const punchOutSetupResponse = defineDocument<SetupAnswer>({
  kind: 'response',
  type: 'PunchOutSetupResponse',
  module: 'cXML',
  summary: 'Says where the browser begins.',
  holds: 'content',
  nodes: () => [
    s.group('StartPage', [
      s.group('URL', [ignored('@name?'), s.leaf('.', 'startPage', id('https://shop.harborpine.example/punchout/start/4b0d5d0e7f2c4e6c'))]),
    ]),
  ],
});
