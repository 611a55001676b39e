import { Type } from '@waybill/contract';

/** An answer, and the message that it answers. */
export interface Answered<Meaning> {
  readonly key: 'reply' | 'error reply';
  readonly to: Meaning;
}

/** What an error reply is made from. */
export const errorSchema = Type.Object(
  {
    code: Type.String({ description: 'The code of the error.' }),
    message: Type.String({ description: 'What is wrong, in a sentence.' }),
    at: Type.Optional(Type.String({ description: 'Where it is wrong.' })),
    hint: Type.Optional(Type.String({ description: 'What to do.' })),
    command: Type.Optional(Type.String({ description: 'The command that was asked for, as far as it is known.' })),
  },
  { additionalProperties: false },
);
