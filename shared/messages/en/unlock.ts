/** Unlocking without the console, and resetting a password through the cloud. */
export const unlock = {
  'unlock.open': 'Unlock…',
  'unlock.open.label': 'Unlock {name}',
  'unlock.title': 'Unlock {name} on {instance}',
  'unlock.looking': 'Looking how {name} stands',
  'unlock.notPossible': 'It cannot be unlocked this way',
  'unlock.account': 'Account',
  'unlock.sid': 'SID',
  'unlock.where': 'Where',
  'unlock.where.local': 'A local account of {where}, unlocked there over SSH.',
  'unlock.where.domain':
    'A domain account, unlocked on the domain controller {controller}, reached as {where}.',
  'unlock.where.pdc': 'It is the PDC emulator: what it says of a lock is the domain’s truth.',
  'unlock.where.notPdc':
    'It is not the PDC emulator. It tells the PDC emulator{pdc, select, none {} other { ({pdc})}} of the unlock; other controllers may keep an old count until they hear of it.',
  'unlock.state': 'Now',
  'unlock.state.locked': 'Locked',
  'unlock.state.since': 'Locked since {time}.',
  'unlock.state.unlocksAt': 'It unlocks by itself at {time}.',
  'unlock.state.untilAdmin': 'It stays locked until an administrator unlocks it.',
  'unlock.state.disabled': 'It is disabled as well: unlocking does not enable it.',
  'unlock.relock': 'What may lock it again',
  'unlock.relock.pace': 'At the pace of the failures it is locked again {duration} after it is unlocked.',
  'unlock.relock.last': 'The last failure was at {time}{source, select, none {} other {, from {source}}}.',
  'unlock.relock.none': 'No failure has been seen that would lock it again.',
  'unlock.relock.isolated': 'The instance is isolated: guesses from outside no longer arrive.',
  'unlock.isolateFirst': 'Isolate first',
  'unlock.isolateFirst.text':
    'This looks like an attack. While guesses arrive, an unlocked account is soon locked again. Close Remote Desktop first, then unlock.',
  'unlock.isolateFirst.none':
    'This looks like an attack. While guesses arrive, an unlocked account is soon locked again. Lockwatch has no way to this instance’s cloud, so close Remote Desktop there or at the firewall first.',
  'unlock.reason': 'Reason',
  'unlock.reason.hint': 'Kept in the audit trail. Optional.',
  'unlock.confirm': 'Unlock {name}',
  'unlock.confirm.anyway': 'Unlock {name} all the same',
  'unlock.running': 'Unlocking {name}',
  'unlock.replaced': 'It changed since you looked. Nothing was done; this is how it stands now.',
  'unlock.lookAgain': 'Look again',
  'unlock.openConsole': 'Use the console',
  'unlock.openDirectory': 'Open the directory',
  'unlock.refusal.gone': '{where} has no account {name} any more. It may have been renamed or deleted.',
  'unlock.refusal.self':
    'Lockwatch signs in on {where} as {name} itself, and an account is not unlocked by itself. Let another administrator’s account sign in (in the instance’s settings), or use the console.',
  'unlock.refusal.notLocked': '{name} is not locked on {where}. There is nothing to unlock.',
  'unlock.refusal.notElevated':
    'The session on {where}{user, select, none {} other { (as {user})}} has no administrator rights. Missing: membership in Administrators there, effective for the SSH session.',
  'unlock.refusal.denied':
    '{where} denied it. Missing: the right to unlock {name} (an administrator there, or for a domain account the right to write lockoutTime). Nothing was changed.',
  'unlock.refusal.nothingDone': '{name} was not unlocked on {where}; nothing was changed.',
  'unlock.refusal.noController':
    '{name} is an account of the domain {domain}. This instance cannot unlock it; its directory has to. Watch a domain controller of that domain, or open the directory.',
  'unlock.refusal.authorityUnknown':
    'It is not known yet whether {name} is the instance’s own account or a domain’s. Wait until the instance has been read.',
  'unlock.outcome.verified': '{name} is unlocked. It was read again on {where}: not locked.',
  'unlock.outcome.notRead':
    '{where} took the unlock of {name}, but it could not be read again. Whether it holds is not proven yet.',
  'unlock.outcome.stillLocked':
    '{where} took the unlock of {name}, but it reads as locked again already. Failures may be arriving faster than it can be unlocked: isolate, then try again.',
  'unlock.outcome.lost':
    'The answer was lost. {name} on {where} may be unlocked or not. Lockwatch does not try again by itself; the next reading shows it.',
  'unlock.fact.unlocked': '{name} unlocked without the console, and read as not locked.',
  'unlock.fact.unlockedUnverified': '{name} unlocked without the console, not proven.',
  'unlock.fact.passwordReset': 'New password for {account} set through the cloud; it waits for the reboot.',
  'unlock.fact.rebooted': 'Rebooted through the cloud; the new password of {account} is in force.',

  'unlock.password.tooShort': 'At least {least} characters; this has {length}.',
  'unlock.password.tooLong': 'At most {most} characters.',
  'unlock.password.foreign': 'Only letters from A to Z, digits and these: {specials}',
  'unlock.password.classes':
    'At least three of these: small letters, capital letters, digits, special characters. So far {count, plural, =0 {none} one {# kind} other {# kinds}}.',
  'unlock.password.slash': 'A Windows password must not begin with a slash.',
  'unlock.password.holdsName':
    'It holds the name {account} or a part of it. Windows may refuse it, and it is among the first to be guessed.',
  'unlock.password.good': 'The cloud takes this password.',

  'unlock.reset.open': 'Reset password…',
  'unlock.reset.title': 'Reset the password of {instance}',
  'unlock.reset.intro':
    'Alibaba Cloud sets a new password for the built-in administrator, {account}. It takes effect only with a reboot through the cloud; a restart inside Windows does not count. The reboot is asked for separately.',
  'unlock.reset.password': 'New password',
  'unlock.reset.generate': 'Generate one',
  'unlock.reset.reveal': 'Show the password',
  'unlock.reset.hide': 'Hide the password',
  'unlock.reset.generated':
    'Generated on this computer. It is shown here and nowhere else; once it is set it can be copied.',
  'unlock.reset.warn.stale':
    'Whatever still signs in as {account} with the old password (services, scheduled tasks, saved connections, other people) fails from the reboot on, and each failure counts towards locking the account again.',
  'unlock.reset.warn.unlock':
    'A new password does not unlock the account: a lock, and what has been counted, stay as they are.',
  'unlock.reset.warn.own':
    'Lockwatch itself signs in as {account} with the old password. Unless it keeps the new one, its next sign-in is refused and counted, once.',
  'unlock.reset.keep': 'Keep the new password for Lockwatch’s own sign-in',
  'unlock.reset.keep.memory': 'Without a vault of the system it is kept until Lockwatch quits.',
  'unlock.reset.confirm': 'Set the password',
  'unlock.reset.setting': 'Setting the password',
  'unlock.reset.step.set': 'Password set',
  'unlock.reset.step.reboot': 'Reboot through the cloud',
  'unlock.reset.step.reach': 'Answers again',
  'unlock.reset.stepState.todo': 'not yet',
  'unlock.reset.stepState.doing': 'under way',
  'unlock.reset.stepState.done': 'done',
  'unlock.reset.stepState.uncertain': 'not certain',
  'unlock.reset.stepState.failed': 'failed',
  'unlock.reset.isSet':
    'The cloud took the new password at {time}. It waits for the reboot: until then the old one holds.',
  'unlock.reset.maybeSet':
    'The answer was lost: the password may or may not be set. Lockwatch does not set it again by itself. After a reboot try the new one, then the old one; or set a new one now.',
  'unlock.reset.interrupted':
    'Lockwatch ended while the password was being set: it may or may not be set, and Lockwatch no longer knows it. Set a new one if you do not have it.',
  'unlock.reset.refused': 'The password was not set.',
  'unlock.reset.refused.malformed':
    'The cloud refused the password as not fitting its rules. Nothing was changed.',
  'unlock.reset.refused.status':
    'The cloud refused: the instance is starting, stopping or in another state in which this is not possible. Wait until it runs, then try again.',
  'unlock.reset.refused.locked':
    'The provider has locked this instance for security, so nothing about it can be changed. The provider’s console says why.',
  'unlock.reset.refused.denied': 'The cloud account lacks the permission {action}. Nothing was changed.',
  'unlock.reset.reboot.text':
    'The reboot ends every session on {instance} and all that runs there, for some minutes. Windows is asked to shut down in order; it is not forced.',
  'unlock.reset.reboot.ask': 'Reboot {instance} now: all its sessions end',
  'unlock.reset.reboot.confirm': 'Reboot now',
  'unlock.reset.reboot.later': 'Later',
  'unlock.reset.pending.setting': 'The new password of {account} is being set.',
  'unlock.reset.pending.set':
    'The new password of {account} waits for a reboot of {instance} through the cloud.',
  'unlock.reset.pending.maybeSet': 'It is not known whether the new password of {account} was set.',
  'unlock.reset.pending.rebooting': '{instance} is being rebooted for the new password of {account}.',
  'unlock.reset.pending.reaching': '{instance} runs again; waiting until it answers over SSH.',
  'unlock.reset.pending.done': 'The reboot of {instance} for the new password of {account} is over.',
  'unlock.reset.pending.open': 'Show…',
  'unlock.reset.rebooting': 'Rebooting. The cloud says: {status}.',
  'unlock.reset.status.running': 'running',
  'unlock.reset.status.stopping': 'stopping',
  'unlock.reset.status.stopped': 'stopped',
  'unlock.reset.status.starting': 'starting',
  'unlock.reset.status.pending': 'being made',
  'unlock.reset.status.unknown': 'nothing yet',
  'unlock.reset.rebootRefused': 'The cloud refused the reboot. The new password still waits for it.',
  'unlock.reset.rebootUncertain':
    'The answer to the reboot was lost. Lockwatch watches whether it happens and does not ask again.',
  'unlock.reset.rebootNotSeen':
    'The instance was not seen going down, and the cloud’s answer was lost: it was probably not rebooted. The new password still waits for a reboot.',
  'unlock.reset.downNotSeen':
    'The cloud took the reboot and the instance runs, but it was not seen going down. If the old password still works, it was not rebooted.',
  'unlock.reset.rebootTooLong':
    'The reboot is taking very long. Look at the provider’s console; Windows may be installing updates.',
  'unlock.reset.lookFailed': 'The cloud could not be asked how the instance is. Lockwatch keeps asking.',
  'unlock.reset.reaching': 'Running again since {time}. Waiting until it answers over SSH.',
  'unlock.reset.done': 'The reboot is over. The new password is in force.',
  'unlock.reset.done.uncertain':
    'It is over, but not proven that the new password is in force. Try it; if it is refused, the old one still holds.',
  'unlock.reset.done.answered': 'It answered over SSH at {time}.',
  'unlock.reset.sshRefuses':
    'The instance refused the password that Lockwatch has. It was not tried again. Enter the new one in the instance’s settings.',
  'unlock.reset.sshNeedsAdmin': 'The instance answers over SSH, but Lockwatch cannot sign in; see its page.',
  'unlock.reset.sshNotWatched': 'It is not watched, so whether it answers over SSH was not looked at.',
  'unlock.reset.sshNotReached': 'It runs, but has not answered over SSH so far.',
  'unlock.reset.waitCancelled': 'No longer waited for. A reboot that was asked for goes on all the same.',
  'unlock.reset.cancelWait': 'Stop waiting',
  'unlock.reset.watchAgain': 'Wait again',
  'unlock.reset.again': 'Set another password',
  'unlock.reset.copy': 'Copy the password',
  'unlock.reset.copied':
    'Copied. The clipboard is cleared after {seconds} seconds unless something else is on it. A clipboard history may keep it.',
  'unlock.reset.keepNow': 'Keep it for Lockwatch’s sign-in',
  'unlock.reset.keep.onReboot': 'Lockwatch will sign in with the new password from the reboot on.',
  'unlock.reset.keep.kept': 'Lockwatch now signs in with the new password.',
  'unlock.reset.keep.failed':
    'The new password could not be kept for Lockwatch’s own sign-in. Enter it in the instance’s settings.',
  'unlock.reset.notHeld': 'Lockwatch no longer has the password.',
  'unlock.reset.held':
    'Lockwatch holds the password in memory, for half an hour at most, so that it can be copied or kept.',
  'unlock.reset.forget': 'Forget the password',
  'unlock.reset.unlockNext': 'The account is locked. Unlock it…',
  'unlock.reset.none':
    'There is no way to set a password here. The instance needs a place in a cloud, and an account there.',
} as const;
