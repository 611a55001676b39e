import { defineErrors, TransportError } from '@waybill/contract';

/** Every error code that this transport throws or answers with. */
export const errors = defineErrors(
  {
    WB_HTTP_NO_LISTEN: {
      means: 'An inbound entry uses a connection that does not listen.',
      remedy: 'Give the connection a "listen" block with a port.',
    },
    WB_HTTP_CANNOT_LISTEN: {
      means: 'The server cannot be opened on the host and port of "listen".',
      remedy: 'See the cause: another program has the port, the host is not one of this machine, or the port needs more rights.',
      kind: 'unavailable',
    },
    WB_HTTP_CANNOT_MOUNT: {
      means: 'What was given as "app" takes no middleware by "use": it is no express app or router.',
      remedy: 'Give an express app or router, or leave "app" out and give the connection a "listen" block.',
      retryable: false,
    },
    WB_HTTP_PATH_TAKEN: {
      means: 'Two inbound entries of one connection have the same method and path.',
      remedy: 'Give one of them another path.',
      kind: 'conflict',
    },
    WB_HTTP_TARGET: {
      means: 'The address that an outbound entry sends to is missing or cannot be used.',
      remedy: 'Give the connection a "url" (http or https, without user and password), and the entry a "path" or a "url" of its own.',
    },
    WB_HTTP_CA: {
      means: 'The file with the certificates to trust cannot be read, or holds none that can be used.',
      remedy: 'Correct "ca" of the connection; it names a file with one or more certificates in the form of PEM.',
    },
    WB_HTTP_HEADER: {
      means: 'An HTTP header would have characters that a header cannot have, or a manifest sets a header that it may not set.',
      remedy:
        'See the message for the header. Values are printable characters without line breaks; "host", "content-length" and the like cannot be set in a manifest.',
    },
    WB_HTTP_REFUSED: {
      means: 'The other side refused the message for good.',
      remedy: 'Look up the status in the documentation of the other side: often the credentials, the address or the message itself.',
    },
    WB_HTTP_FAILED: {
      means: 'The other side could not take the message this time.',
      remedy: 'Wait: the message is tried again. If the failure persists, ask the people who run the other side.',
      kind: 'unavailable',
    },
    WB_HTTP_REDIRECTED: {
      means: 'The other side answered that the message should go to another address. Redirects are not followed.',
      remedy: 'Put the final address in the manifest.',
    },
    WB_HTTP_UNREACHABLE: {
      means: 'No connection to the other side could be made. Nothing was sent.',
      remedy: 'Check host, port, network and certificate. It is tried again when the other side can be reached.',
      kind: 'unavailable',
    },
    WB_HTTP_BROKEN: {
      means: 'The connection broke before the other side had answered.',
      remedy:
        'When the message says that all of it had been written, ask the other side whether it has the message. Otherwise there is nothing to do: it is tried again.',
      kind: 'unavailable',
    },
    WB_HTTP_BAD_ANSWER: {
      means: 'What came back is not an answer in HTTP, or its headers are too large. The other side may have the message.',
      remedy: 'Check that host and port of the address belong to an HTTP server, and with https to one that speaks TLS.',
      kind: 'unavailable',
    },
    WB_HTTP_TIMEOUT: {
      means: 'The other side did not answer in time. It may have the message, unless the error says that it was not sent.',
      remedy: 'Raise "timeout" of the entry or "answerTimeout" of the connection when the other side is known to be slow.',
      kind: 'unavailable',
    },
    WB_HTTP_GIVEN_UP: {
      means: 'The time for the attempt was over before the message was on its way.',
      remedy: 'Raise "timeout" of the entry when this repeats.',
      kind: 'unavailable',
    },
    WB_HTTP_NO_REPLY: {
      means: 'A reply was asked for, and the other side answered without one.',
      remedy: 'Check that the address answers requests at once (status 200 with a body) and not later or never.',
    },
    WB_HTTP_REPLY_TOO_LARGE: {
      means: 'The reply is larger than the outbound entry accepts.',
      remedy: 'Raise "limit" of the outbound entry.',
    },
    WB_HTTP_CLOSED: {
      means: 'A message was sent through a sender that is closed.',
      remedy: 'There is nothing to do: this happens while Waybill stops or opens the connection anew.',
      kind: 'unavailable',
    },
    WB_HTTP_NOT_FOUND: {
      means: 'Nothing is received at this address, or no message of this id is known there. Answered with status 404.',
      remedy: 'Compare the address with "path" of the inbound entry: upper and lower case and a final slash count.',
      kind: 'unknown',
    },
    WB_HTTP_METHOD: {
      means: 'The address takes messages by another method. Answered with status 405.',
      remedy: 'Use the method that the "allow" header of the answer names.',
    },
    WB_HTTP_UNAUTHENTICATED: {
      means: 'The request has no credentials or wrong ones. Answered with status 401; nothing was delivered.',
      remedy: 'Send the name and password, or the token, that the "auth" block of the inbound entry knows.',
      kind: 'forbidden',
    },
    WB_HTTP_AMBIGUOUS: {
      means: 'A header that may come only once came several times. Answered with status 400; nothing was delivered.',
      remedy: 'Make the sender, or the proxy in between, send it once.',
      kind: 'unreadable',
    },
    WB_HTTP_BAD_ID: {
      means: 'The value of the header with the id of the message is not a valid id. Answered with status 400.',
      remedy: 'Send 1 to 200 printable ASCII characters without blanks, or leave the header out.',
    },
    WB_HTTP_CONTENT_TYPE: {
      means: 'The entry does not take this content type. Answered with status 415.',
      remedy: 'Send one that the answer names, or add it to "contentTypes" of the inbound entry.',
    },
    WB_HTTP_CONTENT_ENCODING: {
      means: 'The body is compressed or otherwise encoded. Answered with status 415.',
      remedy: 'Send the body as it is, without a "content-encoding" header.',
    },
    WB_HTTP_TOO_LARGE: {
      means: 'The body is larger than the entry accepts. Answered with status 413; nothing was delivered.',
      remedy: 'Send less, or raise "limit" of the inbound entry.',
    },
    WB_HTTP_BUSY: {
      means: 'As many requests as the entry allows are waiting already. Answered with status 503.',
      remedy: 'Send it again later. Raise "waiting" or "concurrency" of the inbound entry when the application can do more.',
      kind: 'unavailable',
    },
    WB_HTTP_NOT_RUNNING: {
      means:
        'The inbound entry is not receiving at the moment: Waybill starts or stops, or people have paused the entry. Answered with status 503.',
      remedy: 'Send it again later.',
      kind: 'unavailable',
    },
    WB_HTTP_NO_REQUEST: {
      means: 'What came is not a request in HTTP, or its headers are too large. Answered with status 400 or 431; nothing was delivered.',
      remedy:
        'Make the sender speak HTTP to this port (TLS ends at the proxy in front). Raise "headerLimit" of "listen" when large headers are meant.',
      kind: 'unreadable',
    },
    WB_HTTP_SLOW_REQUEST: {
      means: 'A client took too long to send its request. Answered with status 408; nothing was delivered.',
      remedy: 'Look at the network of the sender, or raise "headersTimeout" or "requestTimeout" of "listen".',
      kind: 'unreadable',
    },
    WB_HTTP_EXPECTATION: {
      means: 'The header "expect" of the request asks for something else than to be told to go on. Answered with status 417.',
      remedy: 'Leave the header out, or send "100-continue".',
    },
    WB_HTTP_BODY_TAKEN: {
      means: 'Something in front of Waybill in the same express app has read the body of the request. Answered with status 500.',
      remedy: 'Mount Waybill before body parsers such as express.json(), or keep them away from its paths.',
    },
    WB_HTTP_INTERNAL: {
      means: 'Answering a request failed unexpectedly. Answered with status 500.',
      remedy: 'See the log. Please report it, with the stack trace that stands there.',
      kind: 'unavailable',
    },
  },
  TransportError,
);
