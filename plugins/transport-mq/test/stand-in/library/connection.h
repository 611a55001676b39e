// The connections of this process, by their handles. Each has a socket of its own, so that its end is seen as the end of the connection.
#pragma once

#include <memory>
#include <mutex>

#include "exchange.h"

class Connection {
 public:
  explicit Connection(int socket) : socket_(socket) {}
  ~Connection();
  Connection(const Connection &) = delete;

  /** Answers 2009 from the moment on at which the socket has ended. */
  Answer exchange(Call &call);

 private:
  bool send(const std::string &frame);
  bool receive(char *target, size_t length);

  // Two threads of a process may use one handle; MQCNO_HANDLE_SHARE_BLOCK lets the second one wait.
  std::mutex busy_;
  int socket_;
  bool broken_ = false;
};

/** A connection to the socket at `path`, or null when nobody listens there. */
std::shared_ptr<Connection> dial(const std::string &path);

MQHCONN remember(std::shared_ptr<Connection> connection);
void forget(MQHCONN handle);

/** Makes a call on a connection and fills in how it ended. An unknown handle answers 2018. */
Answer perform(MQHCONN handle, Call &call, PMQLONG compCode, PMQLONG reason);
