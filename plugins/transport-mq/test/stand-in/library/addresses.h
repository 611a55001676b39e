// Where the queue managers of a test are. The environment variable WAYBILL_MQ_STAND_IN says so in place of a network: `host(port)=path`,
// separated by semicolons, where `path` is the unix socket of what would listen there.
#pragma once

#include <string>
#include <vector>

struct Address {
  std::string host;
  std::string path;
};

/** All that the environment names. The first one is also the queue manager of this machine, for connections in bindings mode. */
std::vector<Address> knownAddresses();

/** The parts of a connection name, `h1(1414),h2`, each with its port. */
std::vector<std::string> hostsOf(const std::string &connectionName);
