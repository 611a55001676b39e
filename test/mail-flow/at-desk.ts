import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../scripts/generate/workspace.ts';
import { run } from '../house/commands.ts';

/** What `waybill messages …` says as JSON of the journal of a folder. Throws what it has written where it fails. */
export async function atDesk(folder: string, manifest: object, args: readonly string[]): Promise<unknown> {
  const file = join(folder, 'waybill.json');
  // Routes speak of messages of a pack that only the processes have which send.
  await writeFile(file, JSON.stringify({ ...manifest, routes: undefined }));
  const all = [join(root, 'packages/cli/bin/waybill.js'), 'messages', ...args, '--json', '--manifest', file];
  const { code, stdout, stderr } = await run(process.execPath, all, {
    cwd: folder,
    env: { MAIL_FLOW_NAME: 'rig.example.test', MAIL_FLOW_PASSWORD: 'secret' },
  });
  if (code !== 0) throw new Error(`waybill messages ${args.join(' ')} ended with ${code}: ${stderr}${stdout}`);
  return JSON.parse(stdout);
}
