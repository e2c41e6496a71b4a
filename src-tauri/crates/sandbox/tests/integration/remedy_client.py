"""Drives the sandbox through remedy-py and prints what it saw as one JSON object."""

import json
import sys

import requests
from remedy_py.RemedyAPIClient import RemedyClient

CREATE = "HPD:IncidentInterface_Create"
JOIN = "HPD:IncidentInterface"


def status_of(call):
    """The HTTP code of the refusal that `call` meets."""
    try:
        call()
    except requests.HTTPError as refusal:
        return refusal.response.status_code
    return 200


port, values = int(sys.argv[1]), json.loads(sys.argv[2])
client = RemedyClient("127.0.0.1", "c.martin", "essai", port=port, verify=False)

created, created_status = client.create_form_entry(CREATE, values, ["Incident Number", "Request ID"])
number = created["values"]["Incident Number"]
staging = created["values"]["Request ID"]
staged, _ = client.get_form_entry(CREATE, staging)
restaged, _ = client.update_form_entry(CREATE, staging, {"Status": "Resolved", "Resolution": "Essai"})
_, unstaged = client.delete_form_entry(CREATE, staging)

# The client has no list call: an empty id and a query is one.
found, _ = client.get_form_entry(JOIN, "?q='Incident Number'=\"%s\"" % number)
found = found["entries"][0]["values"]
changes = {
    "z1D Action": "MODIFY",
    "Status": "Resolved",
    "Status_Reason": "No Further Action Required",
    "Resolution": "Cordon remplacé",
    "Assignee": "Dominique Petit",
}
updated, updated_status = client.update_form_entry(JOIN, found["Request ID"], changes)
_, deleted = client.delete_form_entry("HPD:Help Desk", found["Entry ID"])
after_delete = status_of(lambda: client.get_form_entry(JOIN, found["Request ID"]))
_, logged_out = client.release_token()
after_logout = status_of(lambda: client.get_form_entry(JOIN, found["Request ID"]))

print(json.dumps({
    "created": {"status": created_status, "values": created["values"]},
    "staged": staged["values"],
    "restaged": restaged["values"],
    "unstaged": unstaged,
    "found": found,
    "updated": {"status": updated_status, "values": updated["values"]},
    "deleted": deleted,
    "read_after_delete": after_delete,
    "logged_out": logged_out,
    "read_after_logout": after_logout,
}))
