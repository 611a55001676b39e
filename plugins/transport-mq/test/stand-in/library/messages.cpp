// Objects, messages and units of work: each call is one exchange.
#include "connection.h"

/** Structures travel as they are; older versions are shorter, and nobody here uses them. */
template <typename Structure>
static bool isOld(const void *structure, MQLONG version) {
  return structure == nullptr || static_cast<const Structure *>(structure)->Version < version;
}

static void refuse(MQLONG because, PMQLONG compCode, PMQLONG reason) {
  *compCode = MQCC_FAILED;
  *reason = because;
}

extern "C" void MQENTRY MQOPEN(MQHCONN connection, PMQVOID descriptor, MQLONG options, PMQHOBJ object, PMQLONG compCode, PMQLONG reason) {
  if (isOld<MQOD>(descriptor, MQOD_VERSION_4)) return refuse(MQRC_OD_ERROR, compCode, reason);
  // Selection by a condition on properties is not built.
  if (static_cast<PMQOD>(descriptor)->SelectionString.VSLength > 0) return refuse(MQRC_FUNCTION_NOT_SUPPORTED, compCode, reason);
  Call call("OPEN");
  call.block(descriptor, sizeof(MQOD)).number(options);
  Answer answer = perform(connection, call, compCode, reason);
  *object = MQHO_UNUSABLE_HOBJ;
  if (!answer.hasParts()) return;
  answer.blockInto(descriptor, sizeof(MQOD));
  *object = answer.number();
}

extern "C" void MQENTRY MQCLOSE(MQHCONN connection, PMQHOBJ object, MQLONG options, PMQLONG compCode, PMQLONG reason) {
  Call call("CLOSE");
  call.number(*object).number(options);
  if (perform(connection, call, compCode, reason).hasParts()) *object = MQHO_UNUSABLE_HOBJ;
}

extern "C" void MQENTRY MQPUT(MQHCONN connection, MQHOBJ object, PMQVOID descriptor, PMQVOID options, MQLONG length, PMQVOID body,
                              PMQLONG compCode, PMQLONG reason) {
  if (isOld<MQMD>(descriptor, MQMD_VERSION_2)) return refuse(MQRC_MD_ERROR, compCode, reason);
  if (isOld<MQPMO>(options, MQPMO_VERSION_3)) return refuse(MQRC_PMO_ERROR, compCode, reason);
  Call call("PUT");
  call.number(object).block(descriptor, sizeof(MQMD)).block(options, sizeof(MQPMO)).block(body, length);
  Answer answer = perform(connection, call, compCode, reason);
  if (!answer.hasParts()) return;
  answer.blockInto(descriptor, sizeof(MQMD));
  answer.blockInto(options, sizeof(MQPMO));
}

extern "C" void MQENTRY MQPUT1(MQHCONN connection, PMQVOID object, PMQVOID descriptor, PMQVOID options, MQLONG length, PMQVOID body,
                               PMQLONG compCode, PMQLONG reason) {
  if (isOld<MQOD>(object, MQOD_VERSION_4)) return refuse(MQRC_OD_ERROR, compCode, reason);
  if (isOld<MQMD>(descriptor, MQMD_VERSION_2)) return refuse(MQRC_MD_ERROR, compCode, reason);
  if (isOld<MQPMO>(options, MQPMO_VERSION_3)) return refuse(MQRC_PMO_ERROR, compCode, reason);
  Call call("PUT1");
  call.block(object, sizeof(MQOD)).block(descriptor, sizeof(MQMD)).block(options, sizeof(MQPMO)).block(body, length);
  Answer answer = perform(connection, call, compCode, reason);
  if (!answer.hasParts()) return;
  answer.blockInto(object, sizeof(MQOD));
  answer.blockInto(descriptor, sizeof(MQMD));
  answer.blockInto(options, sizeof(MQPMO));
}

extern "C" void MQENTRY MQGET(MQHCONN connection, MQHOBJ object, PMQVOID descriptor, PMQVOID options, MQLONG room, PMQVOID body,
                              PMQLONG length, PMQLONG compCode, PMQLONG reason) {
  if (isOld<MQMD>(descriptor, MQMD_VERSION_2)) return refuse(MQRC_MD_ERROR, compCode, reason);
  if (isOld<MQGMO>(options, MQGMO_VERSION_4)) return refuse(MQRC_GMO_ERROR, compCode, reason);
  Call call("GET");
  call.number(object).block(descriptor, sizeof(MQMD)).block(options, sizeof(MQGMO)).number(room);
  Answer answer = perform(connection, call, compCode, reason);
  *length = 0;
  if (!answer.hasParts()) return;
  answer.blockInto(descriptor, sizeof(MQMD));
  answer.blockInto(options, sizeof(MQGMO));
  *length = answer.number();
  answer.blockInto(body, room);
}

extern "C" void MQENTRY MQINQ(MQHCONN connection, MQHOBJ object, MQLONG count, PMQLONG selectors, MQLONG numberCount, PMQLONG numbers,
                              MQLONG textLength, PMQCHAR texts, PMQLONG compCode, PMQLONG reason) {
  Call call("INQ");
  call.number(object).block(selectors, count * sizeof(MQLONG));
  Answer answer = perform(connection, call, compCode, reason);
  if (!answer.hasParts()) return;
  answer.blockInto(numbers, numberCount * sizeof(MQLONG));
  answer.blockInto(texts, textLength);
}

extern "C" void MQENTRY MQCMIT(MQHCONN connection, PMQLONG compCode, PMQLONG reason) {
  Call call("CMIT");
  perform(connection, call, compCode, reason);
}

extern "C" void MQENTRY MQBACK(MQHCONN connection, PMQLONG compCode, PMQLONG reason) {
  Call call("BACK");
  perform(connection, call, compCode, reason);
}

extern "C" void MQENTRY MQBEGIN(MQHCONN, PMQVOID, PMQLONG compCode, PMQLONG reason) {
  // Units of work over several resource managers do not exist for clients.
  refuse(MQRC_ENVIRONMENT_ERROR, compCode, reason);
}
