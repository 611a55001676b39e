import { assert, property, string } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapePropertyName, unescapePropertyName } from '../../src/index.ts';

describe('a property name on a wire whose names are identifiers', () => {
  it('stays as it is when it is one in lower case', () => {
    expect(escapePropertyName('order12')).toBe('order12');
  });

  it('keeps case and every character, also where the wire folds case', () => {
    assert(
      property(string({ unit: 'grapheme', minLength: 1 }), (name) => {
        const wire = escapePropertyName(name);
        expect(wire).toMatch(/^[a-z_][a-z0-9_]*$/);
        expect(unescapePropertyName(wire)).toBe(name);
        expect(unescapePropertyName(wire.toLowerCase())).toBe(name);
      }),
    );
  });

  it('that somebody else made is left alone', () => {
    expect(unescapePropertyName('JMS_IBM_Format')).toBe('JMS_IBM_Format');
  });
});
