#include "addresses.h"

#include <cstdlib>
#include <sstream>

static std::vector<std::string> split(const std::string &text, char separator) {
  std::vector<std::string> parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, separator);) {
    if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

std::vector<Address> knownAddresses() {
  const char *variable = std::getenv("WAYBILL_MQ_STAND_IN");
  std::vector<Address> addresses;
  for (const auto &entry : split(variable ? variable : "", ';')) {
    const size_t at = entry.find('=');
    if (at != std::string::npos) addresses.push_back({entry.substr(0, at), entry.substr(at + 1)});
  }
  return addresses;
}

std::vector<std::string> hostsOf(const std::string &connectionName) {
  std::vector<std::string> hosts = split(connectionName, ',');
  for (auto &host : hosts) {
    host.erase(0, host.find_first_not_of(' '));
    if (host.find('(') == std::string::npos) host += "(1414)";
  }
  return hosts;
}
