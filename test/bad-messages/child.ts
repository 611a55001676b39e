import { join } from 'node:path';
import { createKernel, createLog } from '@waybill/kernel';
import { recordingApplication } from './application.ts';
import { queueManifest, storingManifest } from './manifest.ts';

/** What a kernel in a process of its own is to run. */
export interface ChildOrder {
  readonly folder: string;
  readonly runs: 'queue' | 'storing';
  /** True: its handlers begin and never end. */
  readonly holds?: boolean;
}

/** What it tells: that it runs and on which port, and then every outcome. */
export type ChildNews = { readonly running: true; readonly port: number } | { readonly id: string; readonly outcome: string };

function tell(news: ChildNews): void {
  process.send?.(news);
}

async function run({ folder, runs, holds = false }: ChildOrder): Promise<void> {
  let port = 0;
  const write = (line: string) => {
    port = (JSON.parse(line) as { readonly port?: number }).port ?? port;
  };
  const { application } = recordingApplication({ diary: join(folder, 'diary.txt'), holds });
  const manifest = runs === 'queue' ? queueManifest() : storingManifest();
  const kernel = createKernel({ manifest, folder, application, log: createLog({ level: 'info', write }) });
  kernel.observe(({ id, outcome }) => tell({ id, outcome }));
  await kernel.start();
  tell({ running: true, port });
}

process.once('disconnect', () => process.exit());
process.once('message', (order: ChildOrder) => {
  run(order).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
