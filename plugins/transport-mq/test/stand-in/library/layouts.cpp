#include "layouts.h"

#include <cstddef>

#include <cmqc.h>

#define FIELD(STRUCTURE, NAME, KIND) \
  std::string(#STRUCTURE "." #NAME " " KIND " ") + std::to_string(offsetof(STRUCTURE, NAME)) + " " + std::to_string(sizeof(STRUCTURE::NAME)) + "\n"
#define NUMBER(STRUCTURE, NAME) FIELD(STRUCTURE, NAME, "number")
#define HANDLE(STRUCTURE, NAME) FIELD(STRUCTURE, NAME, "handle")
#define TEXT(STRUCTURE, NAME) FIELD(STRUCTURE, NAME, "text")
#define BYTES(STRUCTURE, NAME) FIELD(STRUCTURE, NAME, "bytes")

const std::string &layouts() {
  static const std::string lines =
      NUMBER(MQMD, Report) + NUMBER(MQMD, MsgType) + NUMBER(MQMD, Expiry) + NUMBER(MQMD, Feedback) + NUMBER(MQMD, Encoding) +
      NUMBER(MQMD, CodedCharSetId) + TEXT(MQMD, Format) + NUMBER(MQMD, Priority) + NUMBER(MQMD, Persistence) + BYTES(MQMD, MsgId) +
      BYTES(MQMD, CorrelId) + NUMBER(MQMD, BackoutCount) + TEXT(MQMD, ReplyToQ) + TEXT(MQMD, ReplyToQMgr) + TEXT(MQMD, UserIdentifier) +
      BYTES(MQMD, AccountingToken) + TEXT(MQMD, ApplIdentityData) + NUMBER(MQMD, PutApplType) + TEXT(MQMD, PutApplName) +
      TEXT(MQMD, PutDate) + TEXT(MQMD, PutTime) + TEXT(MQMD, ApplOriginData) + BYTES(MQMD, GroupId) + NUMBER(MQMD, MsgSeqNumber) +
      NUMBER(MQMD, Offset) + NUMBER(MQMD, MsgFlags) + NUMBER(MQMD, OriginalLength) +
      NUMBER(MQGMO, Options) + NUMBER(MQGMO, WaitInterval) + TEXT(MQGMO, ResolvedQName) + NUMBER(MQGMO, MatchOptions) +
      NUMBER(MQGMO, ReturnedLength) + HANDLE(MQGMO, MsgHandle) +
      NUMBER(MQPMO, Options) + TEXT(MQPMO, ResolvedQName) + TEXT(MQPMO, ResolvedQMgrName) +
      HANDLE(MQPMO, OriginalMsgHandle) +
      NUMBER(MQOD, ObjectType) + TEXT(MQOD, ObjectName) + TEXT(MQOD, ObjectQMgrName) + TEXT(MQOD, DynamicQName) +
      TEXT(MQOD, ResolvedQName) + TEXT(MQOD, ResolvedQMgrName);
  return lines;
}
