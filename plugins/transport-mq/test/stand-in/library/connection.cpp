#include "connection.h"

#include <cerrno>
#include <cstring>
#include <map>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static std::mutex guard;
static std::map<MQHCONN, std::shared_ptr<Connection>> connections;
static MQHCONN lastHandle = 0;

Connection::~Connection() { close(socket_); }

Answer Connection::exchange(Call &call) {
  std::lock_guard<std::mutex> lock(busy_);
  uint32_t length = 0;
  const bool sent = !broken_ && send(call.frame()) && receive(reinterpret_cast<char *>(&length), sizeof length);
  std::string bytes(sent ? length : 0, '\0');
  if (!sent || !receive(&bytes[0], length)) {
    broken_ = true;
    return Answer(MQCC_FAILED, MQRC_CONNECTION_BROKEN);
  }
  return Answer(std::move(bytes));
}

bool Connection::send(const std::string &frame) {
  for (size_t at = 0; at < frame.size();) {
    const ssize_t sent = ::send(socket_, frame.data() + at, frame.size() - at, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    at += static_cast<size_t>(sent);
  }
  return true;
}

bool Connection::receive(char *target, size_t length) {
  for (size_t at = 0; at < length;) {
    const ssize_t received = ::recv(socket_, target + at, length - at, 0);
    if (received < 0 && errno == EINTR) continue;
    if (received <= 0) return false;
    at += static_cast<size_t>(received);
  }
  return true;
}

std::shared_ptr<Connection> dial(const std::string &path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.empty() || path.size() >= sizeof address.sun_path) return nullptr;
  std::memcpy(address.sun_path, path.data(), path.size());
  // A child of this process must not keep the socket: the queue manager would not see that the connection has ended.
  const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return nullptr;
  auto connection = std::make_shared<Connection>(socket);
  const int failed = ::connect(socket, reinterpret_cast<sockaddr *>(&address), sizeof address);
  return failed ? nullptr : connection;
}

MQHCONN remember(std::shared_ptr<Connection> connection) {
  std::lock_guard<std::mutex> lock(guard);
  connections[++lastHandle] = std::move(connection);
  return lastHandle;
}

void forget(MQHCONN handle) {
  std::lock_guard<std::mutex> lock(guard);
  connections.erase(handle);
}

static std::shared_ptr<Connection> find(MQHCONN handle) {
  std::lock_guard<std::mutex> lock(guard);
  const auto found = connections.find(handle);
  return found == connections.end() ? nullptr : found->second;
}

Answer perform(MQHCONN handle, Call &call, PMQLONG compCode, PMQLONG reason) {
  const auto connection = find(handle);
  Answer answer = connection ? connection->exchange(call) : Answer(MQCC_FAILED, MQRC_HCONN_ERROR);
  *compCode = answer.compCode();
  *reason = answer.reason();
  return answer;
}
