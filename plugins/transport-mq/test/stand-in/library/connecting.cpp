// MQCONNX and MQDISC.
#include <cstdlib>
#include <cstring>

#include <unistd.h>

// In this order: the second header needs the types of the first.
#include <cmqc.h>
#include <cmqxc.h>

#include "addresses.h"
#include "connection.h"
#include "layouts.h"

/** A field of fixed length, without the blanks or zeros behind its text. */
static std::string trimmed(const char *field, size_t length) {
  std::string text(field, strnlen(field, length));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

static std::string pointed(const void *place, MQLONG length) {
  return place && length > 0 ? std::string(static_cast<const char *>(place), length) : std::string();
}

static std::string variable(const char *name) {
  const char *value = std::getenv(name);
  return value ? value : "";
}

/** How a client wants to reach its queue manager. A program's own channel comes before its table, both before the environment. */
struct Way {
  bool isClient = false;
  std::string channel, connectionName, cipher, table;
  MQLONG maxMsgLength = 0;
};

static Way wayOf(PMQCNO options) {
  Way way;
  if (options->Options & MQCNO_LOCAL_BINDING) return way;
  const auto channel = options->Version >= MQCNO_VERSION_2 ? static_cast<PMQCD>(options->ClientConnPtr) : nullptr;
  if (channel) {
    way.isClient = true;
    way.channel = trimmed(channel->ChannelName, sizeof channel->ChannelName);
    way.connectionName = trimmed(channel->ConnectionName, sizeof channel->ConnectionName);
    way.cipher = trimmed(channel->SSLCipherSpec, sizeof channel->SSLCipherSpec);
    way.maxMsgLength = channel->MaxMsgLength;
    return way;
  }
  if (options->Version >= MQCNO_VERSION_6) way.table = pointed(options->CCDTUrlPtr, options->CCDTUrlLength);
  const std::string server = variable("MQSERVER");
  if (way.table.empty() && !server.empty()) {
    // CHANNEL/TCP/host(port)
    const size_t first = server.find('/'), last = server.rfind('/');
    way.isClient = true;
    way.channel = server.substr(0, first);
    way.connectionName = last == std::string::npos ? "" : server.substr(last + 1);
    return way;
  }
  if (way.table.empty()) way.table = variable("MQCCDTURL");
  way.isClient = !way.table.empty() || (options->Options & MQCNO_CLIENT_BINDING) != 0;
  return way;
}

static Call connectCall(PMQCHAR queueManager, PMQCNO options, const Way &way, const std::string &host) {
  const auto security = options->Version >= MQCNO_VERSION_5 ? options->SecurityParmsPtr : nullptr;
  const auto keys = options->Version >= MQCNO_VERSION_4 ? options->SSLConfigPtr : nullptr;
  const bool hasToken = security && security->Version >= 3;
  Call call("CONNX");
  call.text(layouts());
  call.text(trimmed(queueManager, MQ_Q_MGR_NAME_LENGTH));
  call.text(options->Version >= 7 ? trimmed(options->ApplName, sizeof options->ApplName) : "");
  call.number(getpid()).number(way.isClient ? 1 : 0).number(way.maxMsgLength);
  call.text(host).text(way.channel).text(way.cipher).text(way.table);
  call.text(keys ? trimmed(keys->KeyRepository, sizeof keys->KeyRepository) : variable("MQSSLKEYR"));
  call.text(security ? pointed(security->CSPUserIdPtr, security->CSPUserIdLength) : "");
  call.text(security ? pointed(security->CSPPasswordPtr, security->CSPPasswordLength) : "");
  call.text(hasToken ? pointed(security->TokenPtr, security->TokenLength) : "");
  return call;
}

/** Whether the next host of a list is worth trying: this one is not there, or its queue manager is not. */
static bool isAway(MQLONG reason) { return reason == MQRC_HOST_NOT_AVAILABLE || reason == MQRC_Q_MGR_NOT_AVAILABLE; }

static Answer tryAddress(PMQCHAR queueManager, PMQCNO options, const Way &way, const Address &address, PMQHCONN handle) {
  const auto connection = dial(address.path);
  if (!connection) return Answer(MQCC_FAILED, way.isClient ? MQRC_HOST_NOT_AVAILABLE : MQRC_Q_MGR_NOT_AVAILABLE);
  Call call = connectCall(queueManager, options, way, address.host);
  Answer answer = connection->exchange(call);
  if (answer.hasParts()) *handle = remember(connection);
  return answer;
}

extern "C" void MQENTRY MQCONNX(PMQCHAR queueManager, PMQCNO given, PMQHCONN handle, PMQLONG compCode, PMQLONG reason) {
  MQCNO none = {MQCNO_DEFAULT};
  PMQCNO options = given ? given : &none;
  const Way way = wayOf(options);
  const auto known = knownAddresses();
  Answer answer(MQCC_FAILED, way.isClient ? MQRC_HOST_NOT_AVAILABLE : MQRC_Q_MGR_NOT_AVAILABLE);
  *handle = MQHC_UNUSABLE_HCONN;
  if (way.connectionName.empty()) {
    // The queue manager of this machine, or whatever a table names: the stand-in itself reads the table.
    if (!known.empty()) answer = tryAddress(queueManager, options, way, known[0], handle);
  }
  for (const auto &host : hostsOf(way.connectionName)) {
    for (const auto &address : known) {
      if (address.host == host && isAway(answer.reason())) answer = tryAddress(queueManager, options, way, address, handle);
    }
    if (!isAway(answer.reason())) break;
  }
  *compCode = answer.compCode();
  *reason = answer.reason();
}

extern "C" void MQENTRY MQDISC(PMQHCONN handle, PMQLONG compCode, PMQLONG reason) {
  Call call("DISC");
  perform(*handle, call, compCode, reason);
  // Whatever was answered, the handle is used up.
  forget(*handle);
  *handle = MQHC_UNUSABLE_HCONN;
}
