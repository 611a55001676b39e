import { vi } from 'vitest';
import { lacking } from './poor-file-system.ts';

vi.mock('node:fs/promises', async (original) => (await import('./poor-file-system.ts')).poorFileSystem(await original()));

lacking({ ignoresCase: true, noLinks: 'EISDIR', noFolderSync: { at: 'open', errno: 'EISDIR' }, numbers: 'none', coarse: 2 });

await import('./suite.slow.test.ts');
