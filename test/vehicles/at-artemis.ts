import { describe, expect, it } from 'vitest';
import { hasArtemis } from './artemis.ts';

/** Registers tests that need a broker, or one that says that they are left out. `unchecked`: what is then not checked, as the rest of a sentence. */
export function atArtemis(unchecked: string, register: () => void): void {
  if (hasArtemis(unchecked)) return register();
  describe('without ActiveMQ Artemis', () => {
    it(`is left out: ${unchecked}`, () => {
      expect(hasArtemis(unchecked)).toBe(false);
    });
  });
}
