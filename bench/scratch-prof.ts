import { fork } from 'node:child_process';

const name = process.argv[2] ?? 'waybill';
const server = fork(`./src/http/${name}-server.ts`, [], {
  execArgv: process.argv[3] === 'prof' ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof2'] : [],
  stdio: 'inherit',
});
const url = (await new Promise<{ url: string }>((r) => server.once('message', (m) => r(m as never)))).url;
const load = fork('./src/http/load.ts', [], { execArgv: [], stdio: 'inherit' });
const go = (order: object) =>
  new Promise((r) => {
    load.once('message', r);
    load.send({ url, connections: 128, ...order });
  });
await go({ duration: 2000 });
const cpu0 = process.cpuUsage();
for (let i = 0; i < 3; i++) console.log(await go({ duration: 3000 }));
const r = await go({ duration: 3000, rate: Number(process.argv[4] ?? 3000) });
console.log('half', r);
server.disconnect();
load.disconnect();
load.kill();
