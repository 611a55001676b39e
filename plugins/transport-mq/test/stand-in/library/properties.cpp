// Message handles and their properties. They live in the queue manager's process, as everything does.
#include "connection.h"

static std::string nameOf(const void *given) {
  const auto name = static_cast<const MQCHARV *>(given);
  return std::string(static_cast<const char *>(name->VSPtr), name->VSLength);
}

extern "C" void MQENTRY MQCRTMH(MQHCONN connection, PMQVOID, PMQHMSG message, PMQLONG compCode, PMQLONG reason) {
  Call call("CRTMH");
  Answer answer = perform(connection, call, compCode, reason);
  *message = answer.hasParts() ? answer.handle() : MQHM_UNUSABLE_HMSG;
}

extern "C" void MQENTRY MQDLTMH(MQHCONN connection, PMQHMSG message, PMQVOID, PMQLONG compCode, PMQLONG reason) {
  Call call("DLTMH");
  call.handle(*message);
  if (perform(connection, call, compCode, reason).hasParts()) *message = MQHM_UNUSABLE_HMSG;
}

extern "C" void MQENTRY MQSETMP(MQHCONN connection, MQHMSG message, PMQVOID, PMQVOID name, PMQVOID, MQLONG type, MQLONG length,
                                PMQVOID value, PMQLONG compCode, PMQLONG reason) {
  Call call("SETMP");
  call.handle(message).text(nameOf(name)).number(type).block(value, length);
  perform(connection, call, compCode, reason);
}

extern "C" void MQENTRY MQDLTMP(MQHCONN connection, MQHMSG message, PMQVOID, PMQVOID name, PMQLONG compCode, PMQLONG reason) {
  Call call("DLTMP");
  call.handle(message).text(nameOf(name));
  perform(connection, call, compCode, reason);
}

extern "C" void MQENTRY MQINQMP(MQHCONN connection, MQHMSG message, PMQVOID given, PMQVOID name, PMQVOID, PMQLONG type, MQLONG room,
                                PMQVOID value, PMQLONG length, PMQLONG compCode, PMQLONG reason) {
  const auto options = static_cast<PMQIMPO>(given);
  Call call("INQMP");
  call.handle(message).text(nameOf(name)).number(options->Options).number(room);
  Answer answer = perform(connection, call, compCode, reason);
  if (!answer.hasParts()) return;
  *type = answer.number();
  *length = answer.blockInto(value, room);
  MQCHARV &returned = options->ReturnedName;
  returned.VSLength = answer.blockInto(returned.VSPtr, returned.VSBufSize);
  options->ReturnedEncoding = MQENC_NATIVE;
  options->ReturnedCCSID = 1208;
}
