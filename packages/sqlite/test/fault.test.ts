import { describe, expect, it } from 'vitest';
import { faultOf } from '../src/thread.ts';

const told = (errcode: number): Error => Object.assign(new Error('told by SQLite'), { errcode });

describe('a result code of SQLite', () => {
  it.each([
    [5, 'busy'],
    [517, 'busy'], // BUSY_SNAPSHOT
    [6, 'busy'],
    [15, 'busy'],
    [13, 'full'],
    [10, 'io'],
    [778, 'io'], // IOERR_WRITE
    [5386, 'unsuitable'], // IOERR_SHMMAP
    [8, 'read-only'],
    [1288, 'read-only'], // READONLY_CANTINIT
    [14, 'cannot-open'],
    [11, 'damaged'],
    [26, 'not-a-database'],
    [1, 'failed'],
    [19, 'failed'],
  ])('%i means %s', (code, fault) => {
    expect(faultOf(told(code))).toBe(fault);
  });

  it('is not looked for in other errors', () => {
    expect(faultOf(new TypeError('cannot be bound'))).toBe('failed');
    expect(faultOf(undefined)).toBe('failed');
  });
});
