import { describe, expect, it } from 'vitest';
import { hasDovecot } from './dovecot.ts';

/** Registers tests that need a mailbox, or one that says that they are left out. `unchecked`: what is then not checked, as the rest of a sentence. */
export function atDovecot(unchecked: string, register: () => void): void {
  if (hasDovecot(unchecked)) return register();
  describe('without Dovecot', () => {
    it(`is left out: ${unchecked}`, () => {
      expect(hasDovecot(unchecked)).toBe(false);
    });
  });
}
