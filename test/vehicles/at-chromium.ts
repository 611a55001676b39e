import { describe, expect, it } from 'vitest';
import { hasChromium } from './chromium.ts';

/** Registers tests that need a browser, or one that says that they are left out. `unchecked`: what is then not checked, as the rest of a sentence. */
export function atChromium(unchecked: string, register: () => void): void {
  if (hasChromium(unchecked)) return register();
  describe('without Chromium', () => {
    it(`is left out: ${unchecked}`, () => {
      expect(hasChromium(unchecked)).toBe(false);
    });
  });
}
