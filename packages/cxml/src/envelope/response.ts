import { defineDocument } from './definition.ts';

/** An answer with nothing but a status. */
export const response = defineDocument<object>({
  kind: 'response',
  type: 'Response',
  module: 'cXML',
  summary: 'What became of a request.',
  holds: 'content',
  nodes: () => [],
});
