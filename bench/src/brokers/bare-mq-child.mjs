// The least that a program does which takes messages from IBM MQ and loses none: get under a unit of work, commit.
import * as mq from 'ibmmq';

const { MQC } = mq;
const [, , queueManager, queue] = process.argv;

let connection;
mq.ConnxSync(queueManager, new mq.MQCNO(), (error, opened) => {
  if (error) throw error;
  connection = opened;
});
const od = new mq.MQOD();
od.ObjectName = queue;
let object;
mq.OpenSync(connection, od, MQC.MQOO_INPUT_SHARED, (error, opened) => {
  if (error) throw error;
  object = opened;
});
const room = Buffer.alloc(64 * 1024);

function getOne() {
  const md = new mq.MQMD();
  const gmo = new mq.MQGMO();
  gmo.Options = MQC.MQGMO_SYNCPOINT | MQC.MQGMO_NO_WAIT | MQC.MQGMO_PROPERTIES_FORCE_MQRFH2;
  gmo.MatchOptions = MQC.MQMO_NONE;
  let reason = 0;
  mq.GetSync(object, md, gmo, room, (error) => {
    reason = error ? error.mqrc : 0;
  });
  if (reason === MQC.MQRC_NO_MSG_AVAILABLE) return false;
  if (reason !== 0) throw new Error(`get ended with ${reason}`);
  mq.Cmit(connection);
  return true;
}

process.once('message', () => {
  const first = Date.now();
  while (getOne());
  process.send([first, Date.now()], () => {
    mq.DiscSync(connection);
    process.exit(0);
  });
});
process.send('ready');
