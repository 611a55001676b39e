// Where the fields of the structures are that the queue manager reads and writes. It learns it from each connection, so that only this
// library, which is compiled against IBM's header, has to know.
#pragma once

#include <string>

/** Lines of the form `MQMD.Report number 8 4`: field, kind, offset, length. */
const std::string &layouts();
