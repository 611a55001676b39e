import { beforeEach, vi } from 'vitest';
import { lacking } from './poor-file-system.ts';

// Everything that this transport promises, on a disk that has nothing: as SMB, FAT and FUSE drives are, while the clock is being set.
vi.mock('node:fs/promises', async (original) => (await import('./poor-file-system.ts')).poorFileSystem(await original()));

lacking({ ignoresCase: true, noLinks: 'EISDIR', noFolderSync: { at: 'sync', errno: 'EINVAL' }, numbers: 'changing', coarse: 2 });

const anHour = 3_600_000;

beforeEach(() => {
  const now = Date.now.bind(Date);
  let looks = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + ((++looks % 3) - 1) * anHour);
  return () => vi.restoreAllMocks();
});

await import('./claims.test.ts');
await import('./file-sender.test.ts');
await import('./folder-listener.test.ts');
await import('./order.slow.test.ts');
await import('./taken-over.test.ts');
