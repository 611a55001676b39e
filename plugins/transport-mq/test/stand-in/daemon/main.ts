// The process of a queue manager: `node main.ts OPTIONS`, the options as JSON. It ends with the input that it was started with.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandsOf } from './control/commands.ts';
import { serveControl } from './control/server.ts';
import type { Options } from './options.ts';
import { QueueManager } from './queue-manager.ts';
import { expire } from './units/unit.ts';
import { servePrograms } from './wire/programs.ts';

const options = JSON.parse(process.argv[2] ?? '') as Options;
const [programs, control] = [join(options.folder, 'programs'), join(options.folder, 'control')];
// A process that was killed leaves them.
for (const path of [programs, control]) rmSync(path, { force: true });

const qm = new QueueManager(options);
// Messages expire also where nobody looks.
setInterval(() => {
  for (const queue of qm.queues.values()) expire(qm, queue);
}, 250);
servePrograms(qm, programs);
// Last: a test that gets through to it finds everything ready.
serveControl(commandsOf(qm), control);

// Whoever started it has ended, in whatever way.
process.stdin.on('end', () => process.exit()).resume();
