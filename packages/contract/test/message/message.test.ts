import { describe, expect, it } from 'vitest';
import { newMessageId } from '../../src/index.ts';

describe('message ids', () => {
  const ids = Array.from({ length: 20_000 }, newMessageId);

  it('are UUIDs of version 7', () => {
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('never come twice, and grow', () => {
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.toSorted()).toEqual(ids);
  });

  it('tell the time', () => {
    const time = Number.parseInt(newMessageId().replace('-', '').slice(0, 12), 16);
    expect(Math.abs(time - Date.now())).toBeLessThan(60_000);
  });
});
