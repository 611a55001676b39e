import { code } from '../values/text.ts';

// reference/legacy-messages.md, section 1.10, point 6

export const passwordForm = code(
  'plain: the password is as its owner types it, and is hashed before it is kept. encrypted: the sender has encrypted it, and it is kept as it is. Default plain.',
  ['plain', 'encrypted'],
);
