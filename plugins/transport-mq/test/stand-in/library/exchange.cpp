#include "exchange.h"

#include <algorithm>
#include <cstring>

Call::Call(const std::string &verb) : bytes_(4, '\0') { text(verb); }

Call &Call::number(MQLONG value) {
  bytes_.append(reinterpret_cast<const char *>(&value), sizeof value);
  return *this;
}

Call &Call::handle(MQHMSG value) {
  bytes_.append(reinterpret_cast<const char *>(&value), sizeof value);
  return *this;
}

Call &Call::block(const void *bytes, size_t length) {
  number(static_cast<MQLONG>(length));
  if (length > 0) bytes_.append(static_cast<const char *>(bytes), length);
  return *this;
}

Call &Call::text(const std::string &value) { return block(value.data(), value.size()); }

const std::string &Call::frame() {
  const uint32_t length = static_cast<uint32_t>(bytes_.size() - 4);
  std::memcpy(&bytes_[0], &length, sizeof length);
  return bytes_;
}

Answer::Answer(std::string bytes) : compCode_(MQCC_FAILED), reason_(MQRC_UNEXPECTED_ERROR), bytes_(std::move(bytes)) {
  const MQLONG compCode = number();
  reason_ = number();
  compCode_ = compCode;
}

// The queue manager is test code of the same revision: an answer that is too short is a mistake of ours, and ends as zeros.
const char *Answer::take(size_t length) {
  static const char zeros[8] = {0};
  if (at_ + length > bytes_.size()) return zeros;
  const char *place = bytes_.data() + at_;
  at_ += length;
  return place;
}

MQLONG Answer::number() {
  MQLONG value;
  std::memcpy(&value, take(sizeof value), sizeof value);
  return value;
}

MQHMSG Answer::handle() {
  MQHMSG value;
  std::memcpy(&value, take(sizeof value), sizeof value);
  return value;
}

MQLONG Answer::blockInto(void *target, size_t room) {
  const MQLONG length = number();
  if (at_ + length > bytes_.size()) return 0;
  const char *place = take(length);
  if (target != nullptr) std::memcpy(target, place, std::min<size_t>(length, room));
  return length;
}
