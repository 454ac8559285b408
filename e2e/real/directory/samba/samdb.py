"""Works on a domain controller's database with Samba's own code: one JSON request a line, one JSON answer a line."""
import json
import sys

from samba.auth import system_session
from samba.dcerpc import security
from samba.ndr import ndr_unpack
from samba.param import LoadParm
from samba.samdb import SamDB
import ldb

lp = LoadParm()
lp.load(sys.argv[1])
db = SamDB(lp=lp, session_info=system_session(), url=sys.argv[2])
domain = str(db.domain_dn())

BINARY = {"objectSid": lambda value: str(ndr_unpack(security.dom_sid, value))}


def plain(name, values):
    out = []
    for value in values:
        if name in BINARY:
            out.append(BINARY[name](value))
        else:
            out.append(bytes(value).decode("utf8", "replace"))
    return out


def find(name):
    found = db.search(domain, ldb.SCOPE_SUBTREE, "(sAMAccountName=%s)" % ldb.binary_encode(name), ["objectSid"])
    if len(found) != 1:
        raise RuntimeError("no account " + name)
    return found[0].dn


def modify(dn, changes):
    message = ldb.Message(dn if isinstance(dn, ldb.Dn) else ldb.Dn(db, dn))
    for name, value in changes.items():
        values = [] if value is None else value if isinstance(value, list) else [str(value)]
        flag = ldb.FLAG_MOD_DELETE if value is None else ldb.FLAG_MOD_REPLACE
        message[name] = ldb.MessageElement(values, flag, name)
    db.modify(message)


def add_users(request):
    """Accounts in batches: one transaction for many becomes slow."""
    users = request["users"]
    unit = request.get("unit")
    if unit:
        try:
            db.add({"dn": unit, "objectClass": "organizationalUnit"})
        except ldb.LdbError as problem:
            if problem.args[0] != ldb.ERR_ENTRY_ALREADY_EXISTS:
                raise
    parent = unit or "CN=Users," + domain
    for start in range(0, len(users), 500):
        db.transaction_start()
        try:
            for user in users[start : start + 500]:
                name = user["name"]
                common = ldb.Dn(db, parent)
                if not common.add_child("CN=x") or not common.is_valid():
                    raise RuntimeError("no name for " + name)
                common.set_component(0, "CN", user.get("commonName", name))
                entry = {
                    "dn": common,
                    "objectClass": "user",
                    "sAMAccountName": name,
                    "userAccountControl": str(user.get("userAccountControl", 512 if "password" in user else 544)),
                    "userPrincipalName": name + "@" + lp.get("realm").lower(),
                }
                if "displayName" in user:
                    entry["displayName"] = user["displayName"]
                if "password" in user:
                    entry["unicodePwd"] = ('"%s"' % user["password"]).encode("utf-16-le")
                db.add(entry)
        except BaseException:
            db.transaction_cancel()
            raise
        db.transaction_commit()
    return len(users)


def minutes(value):
    return "-9223372036854775808" if value is None else str(int(-value * 600000000))


def policy(request):
    changes = {}
    for key, name in (("threshold", "lockoutThreshold"), ("history", "pwdHistoryLength"), ("properties", "pwdProperties")):
        if key in request:
            changes[name] = str(request[key])
    for key, name in (("windowMinutes", "lockOutObservationWindow"), ("durationMinutes", "lockoutDuration")):
        if key in request:
            changes[name] = minutes(request[key])
    modify(domain, changes)


def add_pso(request):
    container = "CN=Password Settings Container,CN=System," + domain
    db.add(
        {
            "dn": "CN=%s,%s" % (request["name"], container),
            "objectClass": "msDS-PasswordSettings",
            "msDS-PasswordSettingsPrecedence": str(request["precedence"]),
            "msDS-PasswordReversibleEncryptionEnabled": "FALSE",
            "msDS-PasswordHistoryLength": str(request.get("history", 24)),
            "msDS-PasswordComplexityEnabled": "FALSE",
            "msDS-MinimumPasswordLength": "0",
            "msDS-MinimumPasswordAge": "0",
            "msDS-MaximumPasswordAge": "-9223372036854775808",
            "msDS-LockoutThreshold": str(request["threshold"]),
            "msDS-LockoutObservationWindow": minutes(request["windowMinutes"]),
            "msDS-LockoutDuration": minutes(request["durationMinutes"]),
            "msDS-PSOAppliesTo": [str(find(name)) for name in request["appliesTo"]],
        }
    )


def search(request):
    result = db.search(
        request.get("base", domain),
        {"base": ldb.SCOPE_BASE, "one": ldb.SCOPE_ONELEVEL, "sub": ldb.SCOPE_SUBTREE}[request.get("scope", "sub")],
        request.get("filter", "(objectClass=*)"),
        request.get("attributes", ["*"]),
    )
    return [
        {"dn": str(entry.dn), **{name: plain(name, entry[name]) for name in entry.keys() if name != "dn"}}
        for entry in result
    ]


def account(request):
    found = db.search(
        domain,
        ldb.SCOPE_SUBTREE,
        "(sAMAccountName=%s)" % ldb.binary_encode(request["name"]),
        request["attributes"],
    )
    if len(found) != 1:
        raise RuntimeError("no account " + request["name"])
    return {name: plain(name, found[0][name]) for name in found[0].keys() if name != "dn"}


def shift_times(request):
    """Moves when an account failed and was locked, as if the controller's clock had gone on by as much.

    Samba's modules know no write of badPasswordTime, so they are told not to look.
    """
    dn = find(request["name"])
    stored = db.search(dn, ldb.SCOPE_BASE, None, ["badPasswordTime", "lockoutTime"])[0]
    message = ldb.Message(dn)
    for name in ("badPasswordTime", "lockoutTime"):
        if name in stored and int(str(stored[name])) != 0:
            moved = str(int(str(stored[name])) + int(request["seconds"] * 10000000))
            message[name] = ldb.MessageElement([moved], ldb.FLAG_MOD_REPLACE, name)
    if len(message) > 0:
        db.modify(message, ["local_oid:1.3.6.1.4.1.7165.4.3.12:0", "local_oid:1.3.6.1.4.1.7165.4.3.27:0", "relax:0"])


HANDLERS = {
    "shiftTimes": shift_times,
    "addUsers": add_users,
    "policy": policy,
    "addPso": add_pso,
    "search": search,
    "account": account,
    "modify": lambda r: modify(r["dn"], r["changes"]),
    "modifyAccount": lambda r: modify(find(r["name"]), r["changes"]),
    "setPassword": lambda r: modify(
        find(r["name"]), {"unicodePwd": [('"%s"' % r["password"]).encode("utf-16-le")]}
    ),
    "delete": lambda r: db.delete(r["dn"]),
    "deleteAccount": lambda r: db.delete(find(r["name"])),
    "dn": lambda r: str(find(r["name"])),
}

print(json.dumps({"ready": domain}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = {"ok": HANDLERS[request["do"]](request)}
    except Exception as problem:  # whatever it is, the test has to hear of it
        answer = {"failed": "%s: %s" % (type(problem).__name__, problem)}
    print(json.dumps(answer), flush=True)
