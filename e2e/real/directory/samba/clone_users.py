"""Many accounts at once, like one that is there: arguments are the database's file, the domain and a template.

Goes below Samba's modules, so the controller must be stopped. The index is taken away meanwhile: rewriting it for
every account is what makes adding slow.
"""
import json
import sys
import uuid

from samba.dcerpc import security
from samba.ndr import ndr_pack, ndr_unpack
import ldb

path, template, unit, names, realm = sys.argv[1], sys.argv[2], sys.argv[3], json.load(sys.stdin), sys.argv[4]
INDEX = "@INDEXLIST"
OWN = ("dn", "distinguishedName", "memberOf", "isCriticalSystemObject")

db = ldb.Ldb("mdb://" + path)
index = [bytes(value) for value in db.search(ldb.Dn(db, INDEX), ldb.SCOPE_BASE, None, ["*"])[0]["@IDXATTR"]]


def set_index(values):
    message = ldb.Message(ldb.Dn(db, INDEX))
    flag = ldb.FLAG_MOD_REPLACE if values else ldb.FLAG_MOD_DELETE
    message["@IDXATTR"] = ldb.MessageElement(values, flag, "@IDXATTR")
    db.modify(message)


model = db.search(template, ldb.SCOPE_BASE, None, ["*"])[0]
domain_sid = str(ndr_unpack(security.dom_sid, bytes(model["objectSid"][0]))).rsplit("-", 1)[0]
common = {name: [bytes(value) for value in model[name]] for name in model.keys() if name not in OWN}
set_index([])
db.transaction_start()
for number, name in enumerate(names):
    entry = ldb.Message(ldb.Dn(db, "CN=%s,%s" % (name, unit)))
    own = {
        "cn": [name],
        "name": [name],
        "sAMAccountName": [name],
        "userPrincipalName": [name + "@" + realm],
        "objectGUID": [uuid.uuid4().bytes],
        "objectSid": [ndr_pack(security.dom_sid("%s-%d" % (domain_sid, 200000 + number)))],
    }
    for attribute, values in {**common, **own}.items():
        entry[attribute] = ldb.MessageElement(values, ldb.FLAG_MOD_ADD, attribute)
    db.add(entry)
db.transaction_commit()
set_index(index)
print(len(names))
