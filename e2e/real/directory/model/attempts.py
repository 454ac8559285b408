"""Real logons, password changes and SAMR calls against a domain controller: one JSON request a line, one answer a line.

Every attempt is a connection of its own as the account; only the administrator's connections are kept.
"""
import json
import os
import sys

given = json.loads(sys.argv[1])
os.environ["KRB5_CONFIG"] = given["kerberosConfig"]

import ldb
from samba import NTSTATUSError
from samba.auth import system_session
from samba.credentials import DONT_USE_KERBEROS, MUST_USE_KERBEROS, Credentials
from samba.crypto import md4_hash_blob
from samba.dcerpc import lsa, samr
from samba.net import Net
from samba.param import LoadParm
from samba.samba3 import libsmb_samba_internal as libsmb
from samba.samba3 import param as s3param
from samba.samdb import SamDB

lp = LoadParm()
lp.load(given["config"])
lp.set("name resolve order", "host")
s3_lp = s3param.get_context()
s3_lp.load(given["config"])
address = given["address"]


def credentials(user, password, kerberos=False):
    made = Credentials()
    made.set_workstation("")
    made.set_username(user)
    made.set_password(password)
    made.set_domain(given["domain"])
    made.set_realm(given["realm"])
    made.set_kerberos_state(MUST_USE_KERBEROS if kerberos else DONT_USE_KERBEROS)
    return made


admin = credentials("administrator", given["adminPassword"])
directory = SamDB(url="ldap://" + address, credentials=admin, lp=lp)
base = str(directory.domain_dn())
rpc = samr.samr("ncacn_ip_tcp:%s[sign]" % address, lp, admin)
server = rpc.Connect2(None, 0x02000000)
name = lsa.String()
name.string = given["domain"]
domain = rpc.OpenDomain(server, 0x02000000, rpc.LookupDomain(server, name))


def status(problem):
    return "%08X" % (problem.args[0] & 0xFFFFFFFF)


def ntlm(request):
    try:
        libsmb.Conn(address, "IPC$", s3_lp, credentials(request["user"], request["password"]))
        return "00000000"
    except NTSTATUSError as problem:
        return status(problem)


def kerberos(request):
    made = credentials(request["user"], request["password"], kerberos=True)
    try:
        made.get_named_ccache(lp, "MEMORY:attempt")
        return "ok"
    except Exception as problem:
        return str(problem)


def samr_change(request):
    try:
        Net(credentials(request["user"], request["old"]), lp, server=address).change_password(
            newpassword=request["new"], username=request["user"], oldpassword=request["old"]
        )
        return "ok"
    except Exception as problem:
        return str(problem)


def distinguished(user):
    found = directory.search(base, ldb.SCOPE_SUBTREE, "(sAMAccountName=%s)" % ldb.binary_encode(user), ["cn"])
    return found[0].dn


def ldap_change(request):
    message = ldb.Message(distinguished(request["user"]))
    quoted = lambda password: ('"%s"' % password).encode("utf-16-le")
    message["0"] = ldb.MessageElement([quoted(request["old"])], ldb.FLAG_MOD_DELETE, "unicodePwd")
    message["1"] = ldb.MessageElement([quoted(request["new"])], ldb.FLAG_MOD_ADD, "unicodePwd")
    try:
        directory.modify(message)
        return "ok"
    except ldb.LdbError as problem:
        return problem.args[1]


def handle_of(user):
    wanted = lsa.String()
    wanted.string = user
    rids, _ = rpc.LookupNames(domain, [wanted])
    return rpc.OpenUser(domain, 0x02000000, rids.ids[0])


def samr_counts(request):
    handle = handle_of(request["user"])
    try:
        return {
            "raw": rpc.QueryUserInfo(handle, 3).bad_password_count,
            "effective": rpc.QueryUserInfo(handle, 5).bad_password_count,
            "locked": bool(rpc.QueryUserInfo(handle, 16).acct_flags & samr.ACB_AUTOLOCK),
        }
    finally:
        rpc.Close(handle)


def samr_unlock(request):
    handle = handle_of(request["user"])
    try:
        info = rpc.QueryUserInfo(handle, 16)
        info.acct_flags &= ~samr.ACB_AUTOLOCK
        rpc.SetUserInfo(handle, 16, info)
        return "ok"
    finally:
        rpc.Close(handle)


def samr_policy(request):
    info = rpc.QueryDomainInfo(domain, 12)
    info.lockout_threshold = request["threshold"]
    info.lockout_window = -request["windowTicks"] & 0xFFFFFFFFFFFFFFFF
    info.lockout_duration = -request["durationTicks"] & 0xFFFFFFFFFFFFFFFF
    try:
        rpc.SetDomainInfo(domain, 12, info)
        return "00000000"
    except NTSTATUSError as problem:
        return status(problem)


beside = None


def local():
    """The controller's database beside the running server, as the system."""
    global beside
    if beside is None:
        beside = SamDB(lp=lp, session_info=system_session(), url=given["folder"] + "/private/sam.ldb")
    return beside


def store(request):
    """Writes what only the controller itself writes, past its checks, one after the other. A state to begin from."""
    unchecked = ["local_oid:1.3.6.1.4.1.7165.4.3.12:0", "local_oid:1.3.6.1.4.1.7165.4.3.27:0", "relax:0"]
    for attribute, value in request["values"].items():
        message = ldb.Message(ldb.Dn(local(), str(distinguished(request["user"]))))
        message[attribute] = ldb.MessageElement([value], ldb.FLAG_MOD_REPLACE, attribute)
        local().modify(message, unchecked)
    return "ok"


def remembered(request):
    """Where each of these passwords stands in the account's history: 0 is the present one; null: not remembered."""
    entry = local().search(distinguished(request["user"]), ldb.SCOPE_BASE, None, ["ntPwdHistory"])[0]
    stored = bytes(entry["ntPwdHistory"][0]) if "ntPwdHistory" in entry else b""
    hashes = [stored[at : at + 16] for at in range(0, len(stored), 16)]
    own = [bytes(md4_hash_blob(password.encode("utf-16-le"))) for password in request["passwords"]]
    return [hashes.index(one) if one in hashes else None for one in own]


HANDLERS = {
    "store": store,
    "remembered": remembered,
    "ntlm": ntlm,
    "kerberos": kerberos,
    "samrChange": samr_change,
    "ldapChange": ldap_change,
    "samrCounts": samr_counts,
    "samrUnlock": samr_unlock,
    "samrPolicy": samr_policy,
}

print(json.dumps({"ok": base}), flush=True)
for line in sys.stdin:
    request = json.loads(line)
    try:
        answer = {"ok": HANDLERS[request["do"]](request)}
    except Exception as problem:  # whatever it is, the test has to hear of it
        answer = {"failed": "%s: %s" % (type(problem).__name__, problem)}
    print(json.dumps(answer), flush=True)
