import { copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type BrokenLog, brokenPart, type MendedFrame, mendedFrames, openFile, Promises, readLog } from '../src/thread.ts';
import { format, frame, killedAfter, promises } from './logs.ts';
import { newPath } from './opening.ts';

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 4;
  writeFileSync(path, bytes);
}

function brokenIn(path: string): BrokenLog | undefined {
  const log = readLog(path);
  return log && brokenPart(log);
}

function takenFrom(path: string): readonly MendedFrame[] {
  const log = readLog(path);
  return log ? mendedFrames(log) : [];
}

function notesIn(path: string): number {
  const database = openFile(format, { path });
  onTestFinished(() => database.close());
  return Number(database.prepare('SELECT count(*) AS n FROM note').get()?.['n']);
}

describe('a log that a killed process has left', () => {
  it('is whole, and read to its end', async () => {
    const path = await killedAfter(5);
    expect(brokenIn(path)).toBeUndefined();
    expect(readLog(path)?.frames.every(({ isWhole }) => isWhole)).toBe(true);
    expect(notesIn(path)).toBe(5);
  });

  it('may have a torn end, which nobody was told of', async () => {
    const path = await killedAfter(5);
    writeFileSync(`${path}-wal`, Buffer.concat([readFileSync(`${path}-wal`), readFileSync(`${path}-wal`).subarray(32, 32 + frame - 7)]));
    expect(brokenIn(path)).toBeUndefined();
    expect(notesIn(path)).toBe(5);
  });
});

describe('what is told of a log beside the file', () => {
  it('says nothing where the end is as long as a frame and belongs to no commit that was told', async () => {
    const path = await killedAfter(5);
    const log = readFileSync(`${path}-wal`);
    writeFileSync(`${path}-wal`, Buffer.concat([log, log.subarray(32, 32 + frame)]));
    expect(readLog(path)?.frames.at(-1)).toMatchObject({ isWhole: false, isOfThisLog: true });
    expect(brokenIn(path)).toBeUndefined();
    expect(notesIn(path)).toBe(5);
  });

  it('is not believed where its own checksum is wrong', async () => {
    const path = await killedAfter(5);
    for (let place = 0; place < 16; place++) flip(`${path}-told`, place * 32 + 21);
    expect(notesIn(path)).toBe(5);
  });
});

/** Changes what was told of a file. */
function tell(path: string, count: (before: number) => number): void {
  const told = Buffer.from(readFileSync(`${path}-told`));
  for (let at = 0; at < told.length; at += 32) {
    told.writeUIntLE(count(told.readUIntLE(at + 16, 6)), at + 16, 6);
    told.writeUInt32LE(crc32(told.subarray(at, at + 24)), at + 24);
  }
  writeFileSync(`${path}-told`, told);
}

/**
 * A log in which a process was killed that had written a long commit and not yet shown it to the others, one of which wrote a short one from
 * the same place on, was told of it, and was killed as well.
 */
async function withRemains(): Promise<string> {
  const [before, short, long] = [await killedAfter(3), await newPath(), await newPath()];
  for (const copy of [short, long]) for (const end of ['', '-wal', '-told']) copyFileSync(`${before}${end}`, `${copy}${end}`);
  const logAfter = (path: string, sql: string): Buffer => {
    const database = openFile(format, { path });
    const counted = new Promises(database, path, promises, 'another');
    onTestFinished(() => [counted, database].forEach((one) => one.close()));
    database.exec(`BEGIN; ${sql}`);
    counted.count();
    database.exec('COMMIT');
    if (path === short) counted.note();
    return readFileSync(`${path}-wal`);
  };
  const shortLog = logAfter(short, "INSERT INTO note VALUES ('short')");
  const longLog = logAfter(long, `INSERT INTO note SELECT hex(randomblob(2000)) FROM (VALUES (1), (2), (3), (4), (5), (6))`);
  const path = await newPath();
  for (const end of ['', '-told']) copyFileSync(`${short}${end}`, `${path}${end}`);
  writeFileSync(`${path}-wal`, Buffer.concat([shortLog, longLog.subarray(shortLog.length)]));
  return path;
}

describe('what a killed process has left behind the end of a log, of which nobody was told', () => {
  it('is no damage, and is left out', async () => {
    const path = await withRemains();
    expect(brokenIn(path)).toMatchObject({ commitsBehind: 1, isOneBitWrong: false });
    expect(notesIn(path)).toBe(4);
  });

  it('does not hide that something is missing that was told', async () => {
    const path = await withRemains();
    tell(path, (count) => count + 1);
    expect(() => openFile(format, { path })).toThrow(/log of .* is broken/);
  });

  it('is damage where nothing says what was told', async () => {
    const path = await withRemains();
    rmSync(`${path}-told`);
    expect(() => openFile(format, { path })).toThrow(/log of .* is broken/);
  });
});

describe('a log that is broken before its end', () => {
  it.each([
    ['the bytes of a frame', 32 + frame + 24 + 900],
    ['the checksum of a frame', 32 + frame + 17],
    ['the numbers of a frame', 32 + frame + 9],
    ['its header', 18],
  ])('is refused, since commits stand behind %s', async (_, at) => {
    const path = await killedAfter(5);
    flip(`${path}-wal`, at);
    expect(brokenIn(path)?.commitsBehind).toBeGreaterThan(2);
    const before = readFileSync(`${path}-wal`);
    expect(() => openFile(format, { path })).toThrow(/log of .* is broken/);
    expect(readFileSync(`${path}-wal`).equals(before)).toBe(true);
  });

  it('is refused where one bit is wrong, though no more was told than stands before it: the count is not synced', async () => {
    const path = await killedAfter(5);
    flip(`${path}-wal`, 32 + frame + 24 + 900);
    tell(path, () => 0);
    expect(() => openFile(format, { path })).toThrow(/log of .* is broken/);
  });

  it.each([
    ['in its bytes', 32 + frame + 24 + 900],
    ['in its checksum', 32 + frame + 17],
    ['in its numbers', 32 + frame + 9],
    ['in the number of its page', 32 + frame + 3],
  ])('is mended for whoever takes it over, where one bit is wrong %s', async (_, at) => {
    const path = await killedAfter(5);
    const before = takenFrom(path);
    flip(`${path}-wal`, at);
    expect(takenFrom(path)).toEqual(before);
  });

  it('comes as it is where more is wrong', async () => {
    const path = await killedAfter(5);
    for (const at of [900, 901, 950]) flip(`${path}-wal`, 32 + frame + 24 + at);
    expect(takenFrom(path).filter(({ isWhole }) => !isWhole)).toHaveLength(1);
  });
});

describe('a file whose last commits are gone', () => {
  it.each([
    ['with the end of the log', (path: string) => truncateSync(`${path}-wal`, readFileSync(`${path}-wal`).length - frame)],
    ['with the whole log', (path: string) => rmSync(`${path}-wal`)],
    ['by a bit in the last frame', (path: string) => flip(`${path}-wal`, readFileSync(`${path}-wal`).length - 100)],
  ])('is refused when it lost them %s, and stays as it is', async (_, damage) => {
    const path = await killedAfter(5);
    damage(path);
    const before = readFileSync(path);
    expect(() => openFile(format, { path })).toThrow(/lacks the last \d+ commits/);
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('is not refused when another file was there before', async () => {
    const path = await killedAfter(5);
    for (const end of ['', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
    expect(notesIn(path)).toBe(0);
  });

  it('is whole again when the log comes back', async () => {
    const path = await killedAfter(5);
    const log = readFileSync(`${path}-wal`);
    truncateSync(`${path}-wal`, log.length - frame);
    expect(() => openFile(format, { path })).toThrow(/lacks/);
    writeFileSync(`${path}-wal`, log);
    expect(notesIn(path)).toBe(5);
  });
});
