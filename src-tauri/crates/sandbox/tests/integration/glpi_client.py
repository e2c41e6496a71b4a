"""Drives the small GLPI through glpi-api and prints what it saw as one JSON object."""

import json
import os
import sys
import tempfile

import glpi_api


def error_of(call):
    """The word of the refusal that `call` meets."""
    try:
        call()
    except glpi_api.GLPIError as error:
        return str(error).split(")")[0].lstrip("(")
    return None


url = "http://127.0.0.1:%s/apirest.php" % sys.argv[1]
wrong = error_of(lambda: glpi_api.GLPI(url, None, ("c.martin", "faux")))
client = glpi_api.GLPI(url, None, ("c.martin", "essai"))

tickets = [
    {"name": "Imprimante", "content": "<p>Bac 2.</p>", "externalid": "REL-7K2M9Q", "urgency": 4},
    {"name": "Projecteur", "content": "<p>Plus d'image.</p>"},
]
added = client.add("Ticket", *tickets)
number = added[0]["id"]
line = {"itemtype": "Ticket", "items_id": number, "content": "<p>Toujours.</p>"}
follow_ups = client.add("ITILFollowup", line)
partial = client.add("ITILFollowup", line, {"itemtype": "Ticket", "items_id": 999, "content": "x"})
found = client.search(
    "Ticket",
    criteria=[{"field": "name", "searchtype": "contains", "value": "IMPRIMANTE"}],
    forcedisplay=["id", "date_mod"],
)
nothing = client.search("Ticket", criteria=[{"field": 1, "searchtype": "contains", "value": "serveur"}])

with tempfile.TemporaryDirectory() as folder:
    # The client sends the path it is given as the file's name.
    os.chdir(folder)
    with open("photo.jpg", "wb") as file:
        file.write(b"abc")
    uploaded = client.upload_document("La baie", "photo.jpg")

seen = {
    "wrong": wrong,
    "added": added,
    "follow_ups": follow_ups,
    "partial": partial,
    "ticket": client.get_item("Ticket", number),
    "lines": client.get_sub_items("Ticket", number, "ITILFollowup"),
    "found": found,
    "nothing": nothing,
    "uploaded": uploaded,
    "user": client.get_full_session()["glpiname"],
}
client.kill_session()
seen["after"] = error_of(lambda: client.get_item("Ticket", number))
print(json.dumps(seen))
