import { describe, expect, it } from 'vitest';
import { blamesTheCall, errorOf, factsOf } from '../src/fault.ts';
import { FileFault, faultOf } from '../src/thread.ts';
import { errors, meanings } from './tickets/tickets.ts';

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

  it.each([
    [10, false],
    [13, false],
    [5, false],
    [19, true],
    [1555, true], // CONSTRAINT_PRIMARYKEY
    [18, true],
  ])('%i is the fault of the call: %s', (code, isBlamed) => {
    expect(blamesTheCall(told(code))).toBe(isBlamed);
  });

  it.each([
    ['ENOSPC', 'full'],
    ['EIO', 'io'],
    ['EROFS', 'read-only'],
    ['ENOENT', 'cannot-open'],
    ['EACCES', 'cannot-open'],
    ['EWHATEVER', 'failed'],
  ])('is not needed where the system says %s', (code, fault) => {
    expect(faultOf(Object.assign(new Error('told by the system'), { code }))).toBe(fault);
  });

  it('is not looked for in other errors', () => {
    expect(faultOf(new TypeError('cannot be bound'))).toBe('failed');
    expect(faultOf(undefined)).toBe('failed');
  });
});

describe('an error that comes from the other thread', () => {
  it('tells why, as an error and not as a text, and has no stack of where it was made again', () => {
    const thrown = new FileFault('cannot-open', 'EACCES: permission denied');
    const { cause } = errorOf(structuredClone(factsOf(thrown, meanings, '/a/file')), errors);
    expect(cause).toBeInstanceOf(Error);
    expect(cause).toMatchObject({ message: 'EACCES: permission denied', stack: 'Error: EACCES: permission denied' });
  });

  it('has no cause where there was none', () => {
    const facts = factsOf(errors.WB_TICKET_REFUSED('Taken.'), meanings, '/a/file');
    expect(errorOf(structuredClone(facts), errors).cause).toBeUndefined();
  });
});
