// One exchange with the queue manager: a call goes out as a frame, its answer comes back as one.
//
// A frame is a length of 4 bytes and that many bytes. A call begins with the name of the verb, an answer with completion code and
// reason. Then come parts: numbers of 4 or 8 bytes in the order of this machine, and blocks with their length in front.
#pragma once

#include <cstdint>
#include <string>

#include <cmqc.h>

class Call {
 public:
  explicit Call(const std::string &verb);
  Call &number(MQLONG value);
  Call &handle(MQHMSG value);
  Call &block(const void *bytes, size_t length);
  Call &text(const std::string &value);
  /** All of it, with the length in front. */
  const std::string &frame();

 private:
  std::string bytes_;
};

class Answer {
 public:
  /** Of a call that did not get through. */
  Answer(MQLONG compCode, MQLONG reason) : compCode_(compCode), reason_(reason) {}
  explicit Answer(std::string bytes);

  MQLONG compCode() const { return compCode_; }
  MQLONG reason() const { return reason_; }
  /** Only then are there parts to read. */
  bool hasParts() const { return compCode_ != MQCC_FAILED; }

  MQLONG number();
  MQHMSG handle();
  /** Copies the next block, as far as there is room. Answers its whole length. */
  MQLONG blockInto(void *target, size_t room);

 private:
  const char *take(size_t length);

  MQLONG compCode_;
  MQLONG reason_;
  std::string bytes_;
  size_t at_ = 0;
};
