# Reads mails, one in base64 on each line, with Python's own email package, and writes the type and the hash of each of its leaves.
import base64, email, email.policy, hashlib, json, sys


def leaves(part):
    if part.is_multipart():
        return [leaf for each in part.get_payload() for leaf in leaves(each)]
    content = part.get_payload(decode=True) or b""
    return [[part.get_content_type(), hashlib.sha256(content).hexdigest()]]


for line in sys.stdin:
    mail = email.message_from_bytes(base64.b64decode(line), policy=email.policy.compat32)
    print(json.dumps(leaves(mail)))
