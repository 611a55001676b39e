import { Problem } from '@waybill/values';
import { describe, expect, it } from 'vitest';
import { id } from '../src/parts.ts';

describe('a key or a code', () => {
  it.each(['', ' ', '\t', '\r\n '])('is not written as %j: nothing of it would be read again', (value) => {
    expect(id('Mr').write(value)).toBeInstanceOf(Problem);
  });

  it('is written with what stands around it', () => {
    expect(id('Mr').write('Mr ')).toBe('Mr ');
  });
});
