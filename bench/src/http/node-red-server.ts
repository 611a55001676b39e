import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
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
  readonly runtime: { readonly flows: { setFlows(flows: object): Promise<unknown> } };
}

const red = createRequire(join(home, 'package.json'))('node-red') as NodeRed;
const server = createServer((request, response) => red.httpNode(request, response));
const userDir = mkdtempSync(join(tmpdir(), 'waybill-bench-red-'));
red.init(server, {
  userDir,
  httpAdminRoot: false,
  httpNodeRoot: '/',
  logging: { console: { level: 'error' } },
  editorTheme: { projects: { enabled: false } },
});
await red.start();
const flow = [
  { id: 't1', type: 'tab', label: 'bench' },
  { id: 'in', type: 'http in', z: 't1', url: '/messages', method: 'post', wires: [['xml']] },
  { id: 'xml', type: 'xml', z: 't1', property: 'payload', wires: [['set']] },
  { id: 'set', type: 'function', z: 't1', func: "msg.payload = ''; msg.statusCode = 200; return msg;", outputs: 1, wires: [['out']] },
  { id: 'out', type: 'http response', z: 't1', wires: [] },
];
await red.runtime.flows.setFlows({ flows: { flows: flow }, deploymentType: 'full' });
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address !== 'object' || !address) return;
  serve(`http://127.0.0.1:${address.port}/messages`, async () => {
    await red.stop();
    server.close();
    rmSync(userDir, { recursive: true, force: true });
  });
});
