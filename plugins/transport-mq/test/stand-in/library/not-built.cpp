// What the package looks up and this project does not use: publish and subscribe, asynchronous delivery, setting attributes.
// Each answers that the function is not supported, so that nobody takes silence for success.
#include <cmqc.h>

static void refuse(PMQLONG compCode, PMQLONG reason) {
  *compCode = MQCC_FAILED;
  *reason = MQRC_FUNCTION_NOT_SUPPORTED;
}

extern "C" {

void MQENTRY MQSET(MQHCONN, MQHOBJ, MQLONG, PMQLONG, MQLONG, PMQLONG, MQLONG, PMQCHAR, PMQLONG compCode, PMQLONG reason) {
  refuse(compCode, reason);
}

void MQENTRY MQSTAT(MQHCONN, MQLONG, PMQVOID, PMQLONG compCode, PMQLONG reason) { refuse(compCode, reason); }

void MQENTRY MQCB(MQHCONN, MQLONG, PMQVOID, MQHOBJ, PMQVOID, PMQVOID, PMQLONG compCode, PMQLONG reason) { refuse(compCode, reason); }

void MQENTRY MQCTL(MQHCONN, MQLONG, PMQVOID, PMQLONG compCode, PMQLONG reason) { refuse(compCode, reason); }

void MQENTRY MQSUB(MQHCONN, PMQVOID, PMQHOBJ, PMQHOBJ, PMQLONG compCode, PMQLONG reason) { refuse(compCode, reason); }

void MQENTRY MQSUBRQ(MQHCONN, MQHOBJ, MQLONG, PMQVOID, PMQLONG compCode, PMQLONG reason) { refuse(compCode, reason); }

/** Looked up and never called by the package; a consumer's function has this form. */
void MQENTRY MQCALLBACK(MQHCONN, PMQVOID, PMQVOID, PMQVOID, PMQVOID) {}
}
