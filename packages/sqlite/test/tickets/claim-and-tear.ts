import { linkTo } from './tickets.ts';

/** Claims a ticket, says so, and tears it when it is told to; tells how that went. Then claims and tears another one. */
const [path = '', lease = '3000'] = process.argv.slice(2);
const link = linkTo(path, { lease: Number(lease) });
await link.open();
const claimed = await link.call('claim', []);
process.send?.(claimed?.name ?? 'nothing');

process.on('message', (act) => {
  const work = act === 'tear' && claimed ? link.call('tear', [claimed]) : link.call('claim', []).then((one) => one?.name ?? 'nothing');
  work.then(
    (answer) => process.send?.(String(answer)),
    (error: unknown) => process.send?.(String(error)),
  );
});
