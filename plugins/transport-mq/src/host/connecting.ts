import type { MQCNO, MQQueueManager } from 'ibmmq';
import type { ConnectOptions } from '../handle/handle.ts';
import type { Library } from './library.ts';

/** Connects to the queue manager, by the synchronous call. Throws what the package throws. */
export function connectTo(mq: Library, options: ConnectOptions): MQQueueManager {
  let found: MQQueueManager | undefined;
  mq.ConnxSync(options.queueManager, connectionOptions(mq, options), (error, queueManager) => {
    if (error) throw error;
    found = queueManager;
  });
  if (!found) throw new Error('there was no answer to the attempt to connect');
  return found;
}

function connectionOptions(mq: Library, options: ConnectOptions): MQCNO {
  const cno = new mq.MQCNO();
  const { server, application } = options;
  cno.ApplName = application;
  switch (server.kind) {
    case 'bindings':
      cno.Options = mq.MQC.MQCNO_LOCAL_BINDING;
      break;
    case 'environment':
      // MQSERVER, MQCCDTURL and the like decide.
      cno.Options = mq.MQC.MQCNO_NONE;
      break;
    case 'ccdt':
      cno.Options = mq.MQC.MQCNO_CLIENT_BINDING;
      cno.CCDTUrl = server.url;
      break;
    case 'client':
      cno.Options = mq.MQC.MQCNO_CLIENT_BINDING;
      cno.ClientConn = serverConnection(mq, server, options);
      break;
  }
  proveIdentity(mq, cno, options);
  secure(mq, cno, options);
  return cno;
}

function serverConnection(
  mq: Library,
  server: { readonly hosts: string; readonly channel: string },
  options: ConnectOptions,
): MQCNO['ClientConn'] {
  const channel = new mq.MQCD();
  channel.ConnectionName = server.hosts;
  channel.ChannelName = server.channel;
  channel.MaxMsgLength = options.maxMessage;
  channel.HeartbeatInterval = options.heartbeat;
  // The client's own way of connecting again would block every call for up to half an hour, and hide that a unit was backed out.
  channel.DefReconnect = mq.MQC.MQRCN_NO;
  const { tls } = options;
  if (tls) {
    channel.SSLCipherSpec = tls.cipher;
    if (tls.peerName !== undefined) channel.SSLPeerName = tls.peerName;
    if (tls.certificate !== undefined) channel.CertificateLabel = tls.certificate;
  }
  return channel;
}

function proveIdentity(mq: Library, cno: MQCNO, { user, password, token }: ConnectOptions): void {
  if (user === undefined && token === undefined) return;
  const security = new mq.MQCSP();
  if (token !== undefined) security.Token = token;
  if (user !== undefined) security.UserId = user;
  if (password !== undefined) security.Password = password;
  cno.SecurityParms = security;
}

function secure(mq: Library, cno: MQCNO, { tls }: ConnectOptions): void {
  if (tls?.keyRepository === undefined) return;
  const config = new mq.MQSCO();
  config.KeyRepository = tls.keyRepository;
  if (tls.keyRepositoryPassword !== undefined) config.KeyRepoPassword = tls.keyRepositoryPassword;
  cno.SSLConfig = config;
}
