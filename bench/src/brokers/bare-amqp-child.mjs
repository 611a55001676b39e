// The least that a program does which takes messages over AMQP and loses none: with a number of them in hand, accept each.
import rhea from 'rhea';

const [, , port, address, messages, inHand] = process.argv;
const container = rhea.create_container();
let taken = 0;
let first = 0;
container.on('message', ({ delivery, receiver, connection }) => {
  if (taken === 0) first = performance.now();
  taken += 1;
  delivery.accept();
  receiver.add_credit(1);
  if (taken < Number(messages)) return;
  process.send((taken / (performance.now() - first)) * 1000, () => connection.close());
});
const connection = container.connect({ port: Number(port), host: '127.0.0.1', reconnect: false });
const receiver = connection.open_receiver({ source: { address, capabilities: 'queue' }, credit_window: 0, autoaccept: false });
receiver.add_credit(Number(inHand));
