import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { serve } from './serve.ts';

/** What a rival does without any durability: Node-RED, HTTP in → XML → answer. Installed here when it is first measured. */
const version = '5.0.7';
const home = fileURLToPath(new URL('../../.node-red', import.meta.url));
if (!existsSync(join(home, 'node_modules', 'node-red'))) {
  mkdirSync(home, { recursive: true });
  execFileSync('npm', ['install', '--prefix', home, '--no-audit', '--no-fund', '--no-save', `node-red@${version}`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

interface NodeRed {
  init(server: unknown, settings: object): void;
  start(): Promise<void>;
  stop(): Promise<void>;
  readonly httpNode: (request: unknown, response: unknown) => void;
  readonly events: { once(event: 'flows:started', listener: () => void): void };
}

const flow = [
  { id: 'f0001', type: 'tab', label: 'bench' },
  { id: 'f0002', type: 'http in', z: 'f0001', url: '/messages', method: 'post', wires: [['f0003']] },
  { id: 'f0003', type: 'xml', z: 'f0001', property: 'payload', wires: [['f0004']] },
  {
    id: 'f0004',
    type: 'function',
    z: 'f0001',
    func: "msg.payload = ''; msg.statusCode = 200; return msg;",
    outputs: 1,
    wires: [['f0005']],
  },
  { id: 'f0005', type: 'http response', z: 'f0001', wires: [] },
];

const red = createRequire(join(home, 'package.json'))('node-red') as NodeRed;
const server = createServer((request, response) => red.httpNode(request, response));
const userDir = mkdtempSync(join(tmpdir(), 'waybill-bench-red-'));
writeFileSync(join(userDir, 'flows.json'), JSON.stringify(flow));
red.init(server, { userDir, flowFile: 'flows.json', httpAdminRoot: false, httpNodeRoot: '/', logging: { console: { level: 'error' } } });
const started = new Promise<void>((resolve) => red.events.once('flows:started', resolve));
await red.start();
await started;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address !== 'object' || !address) return;
  serve(`http://127.0.0.1:${address.port}/messages`, async () => {
    await red.stop();
    server.close();
    rmSync(userDir, { recursive: true, force: true });
  });
});
