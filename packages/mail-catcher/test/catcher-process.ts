import { catchMails } from '../src/index.ts';

// A mail catcher in a process of its own, which tells what it takes when it is asked.
const catcher = await catchMails({ keep: 500, keepBytes: 20_000_000, limit: 10_000_000 });
process.on('message', () =>
  process.send?.({ rss: process.memoryUsage().rss, kept: catcher.mails().length, newest: catcher.mails().at(-1)?.id }),
);
process.send?.({ smtpPort: catcher.smtpPort, pageUrl: catcher.pageUrl });
