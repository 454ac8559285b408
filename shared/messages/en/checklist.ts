/** Words of the unlock checklist. `what` and `why` end in the part and the branch that they are for. */
const parts = {
  'checklist.what.originalsRecorded.linked': 'Record the security groups as they are.',
  'checklist.why.originalsRecorded.linked':
    'Lockwatch writes every rule and every membership to its journal before it changes anything, so that all of it can be put back exactly.',
  'checklist.what.originalsRecorded.byHand':
    'Write down the inbound rules for port {port, number, ::group-off} before you change one.',
  'checklist.why.originalsRecorded.byHand':
    'Lockwatch does not reach the rules of this instance. Without a note of how they were, nobody can put them back.',
  'checklist.what.isolated.linked': 'Cut RDP off: let nobody reach port {port, number, ::group-off}.',
  'checklist.why.isolated.linked':
    'While guesses arrive, an account that is unlocked locks again at once. Other instances of the same groups are left alone.',
  'checklist.what.isolated.optional': 'Cut RDP off, if you want to be safe.',
  'checklist.why.isolated.optional':
    'The failures do not look like an attack. Cutting RDP off stops only what comes through port {port, number, ::group-off}.',
  'checklist.what.isolated.byHand':
    'At your provider, delete or deny every inbound rule that allows port {port, number, ::group-off}.',
  'checklist.why.isolated.byHand':
    'While guesses arrive, an account that is unlocked locks again at once. Linked to its cloud, Lockwatch does this with one click and checks it.',
  'checklist.what.consoleOpened.cloud': 'Open the console of the instance at its provider.',
  'checklist.why.consoleOpened.cloud':
    'It shows the screen of the instance itself and needs no network on it, so it works while RDP is closed. Its address is made anew for every click and is good for a few seconds.',
  'checklist.what.consoleOpened.vnc': 'Open the VNC console of the instance.',
  'checklist.why.consoleOpened.vnc':
    'It shows the screen of the instance itself and needs no network on it, so it works while RDP is closed.',
  'checklist.what.consoleOpened.none': 'Open a console of the instance.',
  'checklist.why.consoleOpened.none':
    'A console shows the screen of the instance itself. The virtual machine host or the provider usually has one.',
  'checklist.what.ctrlAltDel.any': 'Send Ctrl+Alt+Del there, so that the sign-in screen appears.',
  'checklist.why.ctrlAltDel.any':
    'Windows takes a password only after these keys. Your own keyboard would send them to this computer, so the console has a button for them.',
  'checklist.what.passwordReset.provider': 'Only if you do not know the password: set a new one.',
  'checklist.why.passwordReset.provider':
    'It takes effect with a restart of the instance. A new password does not unlock an account by itself.',
  'checklist.what.passwordReset.byHand':
    'Only if you do not know the password: have a new one set at your provider or by another administrator.',
  'checklist.why.passwordReset.byHand':
    'Lockwatch cannot set it here. A new password does not unlock an account by itself.',
  'checklist.what.passwordReset.domain':
    'Only if the password of {account} is not known: set a new one in the directory.',
  'checklist.why.passwordReset.domain':
    'The directory holds the passwords of domain accounts. A new password does not unlock an account by itself.',
  'checklist.what.consoleSignIn.builtin': 'Select {account} there and sign in with its password.',
  'checklist.why.consoleSignIn.builtin':
    'A locked built-in Administrator is refused over the network only. One sign-in at the console unlocks it.',
  'checklist.what.consoleSignIn.local': 'Sign in there as {admin}.',
  'checklist.why.consoleSignIn.local':
    '{account} is not the built-in Administrator: while it is locked, it may be refused at the console as well. Another administrator can unlock it.',
  'checklist.what.accountUnlocked.builtin': 'See that {account} is unlocked.',
  'checklist.why.accountUnlocked.builtin':
    'The sign-in at the console unlocks it. Another administrator can unlock it over SSH as well.',
  'checklist.what.accountUnlocked.local': 'Unlock {account}, as another administrator.',
  'checklist.why.accountUnlocked.local':
    'Over SSH Lockwatch can do it without the console. At the console it is in the account’s properties: clear “Account is locked out”.',
  'checklist.what.accountUnlocked.domain': 'Unlock {account} in the directory.',
  'checklist.why.accountUnlocked.domain':
    'A domain account is locked by its directory, not by this instance. Unlock it at the domain controller that holds the PDC emulator role.',
  'checklist.what.staleCredentials.any':
    'Find what still uses the old password of {account}, and change it there.',
  'checklist.why.staleCredentials.any':
    'A service, a scheduled task, a mapped drive or a phone tries again and again. Until it has the new password, the account keeps locking.',
  'checklist.what.staleCredentials.own':
    'Remove the old password of {account} that your own client has saved.',
  'checklist.why.staleCredentials.own':
    'The failures come from your own address. A saved connection that connects again by itself locks the account again.',
  'checklist.what.trustedRule.linked': 'Let trusted addresses in again, and nobody else.',
  'checklist.why.trustedRule.linked':
    'The original rules come back except those that let the world reach port {port, number, ::group-off}. Lockwatch finds your own public address.',
  'checklist.what.trustedRule.byHand':
    'At your provider, allow port {port, number, ::group-off} from your own addresses only.',
  'checklist.why.trustedRule.byHand':
    'One rule for each address or block that you trust. Linked to its cloud, Lockwatch does this and checks who gets in.',
  'checklist.what.rdpAnswers.any': 'Test that Remote Desktop answers.',
  'checklist.why.rdpAnswers.any':
    'Lockwatch asks the port how it speaks and what it shows as its certificate, and never sends a password: a wrong one would count.',
  'checklist.what.accountClear.any': 'See that {account} is read as clear.',
  'checklist.why.accountClear.any':
    'Not locked and no failure counted, as the instance itself says. A reading that is too old is not believed.',
  'checklist.what.signedInAgain.any': 'Sign in as {account} over Remote Desktop.',
  'checklist.why.signedInAgain.any':
    'The security log of the instance records it. That is the proof that the account, its password and the way there all work.',
  'checklist.what.quiet.any':
    'Wait until nothing has failed for {minutes, plural, one {# minute} other {# minutes}}.',
  'checklist.why.quiet.any':
    'Many times as long as there was between two failures. If nothing fails in that time, the attack no longer arrives.',
} as const;

const evidence = {
  'checklist.evidence.originalsRecorded': 'In the journal, by {admin}.',
  'checklist.evidence.originalsElsewhere':
    'It was isolated by {by}, whose Lockwatch has the record. There is none on this computer.',
  'checklist.evidence.originalsMissing': 'The journal on this computer has no record of this instance.',
  'checklist.evidence.notLinked': 'Lockwatch does not know which instance of your cloud account this is.',
  'checklist.evidence.notReachable': 'No cloud account at hand can change the rules of this instance.',
  'checklist.evidence.isolating': 'RDP is being cut off.',
  'checklist.evidence.restoring': 'Access is being changed.',
  'checklist.evidence.needsAttention': 'A change stopped half-way and waits for you.',
  'checklist.evidence.rulesNotRead': 'The rules have not been read lately, so who gets in is unknown.',
  'checklist.evidence.notVerified': 'The rules that were read afterwards do not prove it.',
  'checklist.evidence.isolated':
    'The rules were read again: nobody reaches port {port, number, ::group-off}.',
  'checklist.evidence.isolatedBy': 'The rules were read: nobody gets in. Isolated by {by}.',
  'checklist.evidence.isolatedExcept':
    'Nobody else gets in, but members of its own group {group} still do{count, plural, =0 {. It has no other member now} one {: 1 other instance} other {: # other instances}}. Accept that by ticking this by hand, or take the instance out of that group.',
  'checklist.evidence.trustedInstead':
    'The rules were read: only trusted addresses reach port {port, number, ::group-off}.',
  'checklist.evidence.open': 'The rules were read: the world reaches port {port, number, ::group-off}.',
  'checklist.evidence.noAccount': 'No account is locked in this incident.',
  'checklist.evidence.notLocked': 'The account is not locked.',
  'checklist.evidence.decidedByDirectory':
    'The directory decides about this account; a console of this instance cannot unlock it.',
  'checklist.evidence.unlockedOtherwise': 'The account was unlocked another way.',
  'checklist.evidence.noConsole':
    'Lockwatch knows no console of this instance. Name a VNC console in its profile, link it to its cloud, or use the console of its host and tick this by hand.',
  'checklist.evidence.consoleOpened.cloud': 'The console of the provider was opened.',
  'checklist.evidence.consoleOpened.vnc': 'The VNC console was opened.',
  'checklist.evidence.impliedBySignIn': 'Somebody signed in at the console, so this was done.',
  'checklist.evidence.ctrlAltDel': 'The keys were sent.',
  'checklist.evidence.passwordSet': 'The security log says that the password was set (event 4724).',
  'checklist.evidence.passwordSetBy': 'The security log says that {by} set the password (event 4724).',
  'checklist.evidence.passwordNeedsReboot': 'The new password takes effect when the instance has restarted.',
  'checklist.evidence.passwordReset': 'A new password was set, and the instance restarted.',
  'checklist.evidence.passwordKnown': 'Somebody signed in with the password that is there.',
  'checklist.evidence.consoleSignIn': '{account} signed in at the console (event 4624).',
  'checklist.evidence.lockedAgain': '{account} is locked again.',
  'checklist.evidence.locked': 'The account is locked.',
  'checklist.evidence.lockedUntilAdmin': 'The account is locked until an administrator unlocks it.',
  'checklist.evidence.unlockedHere': 'Unlocked with Lockwatch, and read again as not locked.',
  'checklist.evidence.unlocked': 'The security log says that it was unlocked (event 4767).',
  'checklist.evidence.unlockedBy': 'The security log says that {by} unlocked it (event 4767).',
  'checklist.evidence.unlockedAtConsole': 'Unlocked by a sign-in at the console (event 4624).',
  'checklist.evidence.unlockedBySignIn': 'The right password was accepted after the lock (event 4624).',
  'checklist.evidence.readUnlocked': 'Read after the lock, and not locked.',
  'checklist.evidence.unlockNotVerified': 'It was unlocked, but has not been read as free since.',
  'checklist.evidence.stateUnknown': 'How the account stands is unknown.',
  'checklist.evidence.notReadSince':
    'The lock should be over by now, but the account has not been read since.',
  'checklist.evidence.source': 'The last failure came from {source}.',
  'checklist.evidence.sourceBoth': 'The last failure came from {address}, computer {workstation}.',
  'checklist.evidence.noMoreFailures':
    '{account} has not failed for {minutes, plural, one {# minute} other {# minutes}}.',
  'checklist.evidence.trustedOnly': 'The rules were read again: only {trusted} get in.',
  'checklist.evidence.trustedExcept':
    'The rules were read again: only {trusted} get in, and members of its own group {group}.',
  'checklist.evidence.trustedShutOut': 'The rules were read again, and they shut the trusted {block} out.',
  'checklist.evidence.stillClosed': 'The rules were read: port {port, number, ::group-off} is closed to all.',
  'checklist.evidence.rdpBefore': 'The last test was made before access was restored.',
  'checklist.evidence.rdp.rdpWithNla':
    'Remote Desktop answers, with NLA{via, select, tunnel {, through the SSH connection} other {}}.',
  'checklist.evidence.rdp.rdpWithoutNla':
    'Remote Desktop answers{via, select, tunnel { through the SSH connection} other {}}, but without NLA.',
  'checklist.evidence.rdp.notRdp': 'Something answers on the port, but it is not Remote Desktop.',
  'checklist.evidence.rdp.noService': 'The instance refused the port: no service listens there.',
  'checklist.evidence.rdp.closedByRule': 'No answer: the rules do not let this computer in.',
  'checklist.evidence.rdp.filtered': 'No answer at all, as behind a rule that drops.',
  'checklist.evidence.rdp.unreachable': 'The instance could not be reached.',
  'checklist.evidence.rdp.unknown': 'The last test came to no result.',
  'checklist.evidence.counting':
    '{count, plural, one {# failure is} other {# failures are}} still counted, of {threshold, number}.',
  'checklist.evidence.clear': 'Read as clear: not locked, nothing counted.',
  'checklist.evidence.sessionAgain': 'A session over Remote Desktop began (event 4624).',
  'checklist.evidence.sessionAgainFrom': 'A session over Remote Desktop began from {address} (event 4624).',
  'checklist.evidence.networkAgain': 'The right password was accepted over the network (event 4624).',
  'checklist.evidence.networkAgainFrom':
    'The right password was accepted over the network from {address}, as Remote Desktop with NLA asks for it (event 4624).',
  'checklist.evidence.notWatched': 'The instance is not watched, so nobody would see a failure.',
  'checklist.evidence.notAudited': 'Failures are not all audited there, so silence proves nothing.',
  'checklist.evidence.quiet': 'Nothing failed for {minutes, plural, one {# minute} other {# minutes}}.',
  'checklist.evidence.quietSince': 'Nothing has failed so far.',
} as const;

const notes = {
  'checklist.note.stale':
    'The failures look like an old password that is still in use, not like an attack. Cutting RDP off does not stop a service or a task on the instance itself.',
  'checklist.note.typo': 'The failures look like a mistyped password, not like an attack.',
  'checklist.note.established':
    'Whether closing the port ends sessions that are open now is unknown. Do not rely on it.',
  'checklist.note.builtinAdministrator':
    '{account} is the built-in Administrator: while it is locked it is refused over the network, but not at the console.',
  'checklist.note.local':
    '{account} is not the built-in Administrator: while it is locked it may be refused at the console too. Sign in as Administrator there, then unlock it.',
  'checklist.note.domain':
    '{account} is a domain account: what this instance saw is an indication. Its directory knows how it stands.',
  'checklist.note.untilAdmin':
    'It never unlocks by itself: the policy says until an administrator unlocks it.',
  'checklist.note.relock':
    'Waiting does not help while this goes on: at its pace {account} locks again {seconds, plural, one {# second} other {# seconds}} after each unlock. Isolate first.',
  'checklist.note.disabled': '{account} is disabled as well. Unlocked, it still cannot sign in.',
  'checklist.note.lockedToo':
    '{others, plural, =0 {{account} is locked too.} one {{account} and 1 other account of this incident are locked too.} other {{account} and # other accounts of this incident are locked too.}} Choose it above to have its steps.',
  'checklist.note.never':
    'Never allow 0.0.0.0/0 or ::/0: open to the world, it is attacked again within minutes.',
  'checklist.note.browserTerminals':
    'This shuts out terminals in the browser as well, such as Workbench, unless their addresses are allowed.',
  'checklist.note.notSeen':
    'How this instance stands is unknown now. What happens there is ticked when it can be read again.',
  'checklist.note.noCredentials':
    'Lockwatch never tries a password to prove that Remote Desktop works: a failure would count.',
  'checklist.countdown.autoUnlock': 'Unlocks by itself in',
  'checklist.countdown.consoleAddress': 'The address can be used for',
  'checklist.countdown.countResets': 'The count goes back to zero in',
  'checklist.countdown.quiet': 'Quiet enough in',
} as const;

const partName =
  '{part, select, originalsRecorded {Original rules recorded} isolated {RDP cut off} consoleOpened {Console opened} ctrlAltDel {Ctrl+Alt+Del sent} passwordReset {Password reset} consoleSignIn {Sign-in at the console} accountUnlocked {Account unlocked} staleCredentials {Old password found} trustedRule {RDP for trusted addresses only} rdpAnswers {Remote Desktop answers} accountClear {Account read as clear} signedInAgain {Signed in again} quiet {No new failures} other {Step}}';

/** The part as something to do, for a sentence that has `part` among its values. */
export const checklistToDo =
  '{part, select, originalsRecorded {record the rules} isolated {cut RDP off} consoleOpened {open the console} ctrlAltDel {send Ctrl+Alt+Del} passwordReset {reset the password} consoleSignIn {sign in at the console} accountUnlocked {unlock the account} staleCredentials {find the old password} trustedRule {let trusted addresses in} rdpAnswers {test Remote Desktop} accountClear {see the account read as clear} signedInAgain {sign in again} quiet {wait until nothing fails} other {see the checklist}}';

const screen = {
  'checklist.part': partName,
  'checklist.history.done': `${partName}: done, shown by evidence.`,
  'checklist.history.ticked': `${partName}: ticked by hand.`,
  'checklist.history.takenBack': `${partName}: tick taken back.`,
  'checklist.history.reopened': `${partName}: open again, contradicted by evidence.`,
  'checklist.title': 'Checklist for {instance}',
  'checklist.subtitle': 'About {account}',
  'checklist.subtitle.none': 'No account is locked',
  'checklist.step.isolate': 'Isolate',
  'checklist.step.unlock': 'Unlock',
  'checklist.step.restore': 'Restore',
  'checklist.step.verify': 'Verify',
  'checklist.state.todo': 'To do',
  'checklist.state.doing': 'Under way',
  'checklist.state.done': 'Done',
  'checklist.state.reopened': 'Open again',
  'checklist.state.notNeeded': 'Not needed',
  'checklist.state.blocked': 'Not possible here',
  'checklist.by.evidence': 'Shown by evidence',
  'checklist.by.hand': 'Ticked by hand by {who}',
  'checklist.by.evidenceOf': 'Shown by evidence; done by {who}',
  'checklist.optional': 'If needed',
  'checklist.next': 'Next',
  'checklist.why': 'Why',
  'checklist.whyOf': 'Why: {part}',
  'checklist.tick': 'I have done this',
  'checklist.tickOf': 'I have done this: {part}',
  'checklist.takeBack': 'Take back',
  'checklist.takeBackOf': 'Take back: {part}',
  'checklist.print': 'Print',
  'checklist.incident': 'Incident',
  'checklist.instance': 'Instance',
  'checklist.account': 'Account',
  'checklist.progress': '{done, number} of {total, number} done',
  'checklist.progress.label': 'Progress of the checklist',
  'checklist.proven': 'All of it is shown by evidence.',
  'checklist.allDone':
    'Nothing is left to do, but not all of it is shown by evidence. Close the incident when you are sure.',
  'checklist.panel': 'Unlock checklist',
  'checklist.panel.next': `Next: ${checklistToDo}`,
  'checklist.panel.done': 'Nothing left to do',
  'checklist.panel.open': 'Open checklist',
  'checklist.panel.openOf': 'Open checklist for {account}',
  'checklist.gone.title': 'This checklist is closed',
  'checklist.gone.text':
    '{closedBy, select, proof {The evidence proves that its incident is over.} hand {Its incident was closed by hand.} joined {Its incident turned out to be part of another.} other {Its incident is closed or is no longer kept.}} The record has every step.',
  'checklist.gone.record': 'Open the record',
  'checklist.action.isolate': 'Isolate…',
  'checklist.action.recipe': 'Rollback recipe…',
  'checklist.action.openConsole': 'Open console…',
  'checklist.action.resetPassword': 'Reset password…',
  'checklist.action.unlockAccount': 'Unlock…',
  'checklist.action.restoreToTrust': 'Restore to trusted addresses…',
  'checklist.action.probeRdp': 'Test Remote Desktop',
  'checklist.action.connectRdp': 'Connect…',
  'checklist.action.openAccount': 'Show account',
  'checklist.action.openDirectory': 'Open directory',
  'checklist.action.linkCloud': 'Link to a cloud instance…',
  'checklist.announce': `${partName}: {state}`,
  'checklist.print.title': 'Unlock checklist: {instance}',
  'checklist.print.head': 'Instance {instance}, printed at {time}.',
  'checklist.print.account': 'Account: {account}.',
  'checklist.print.opened': 'Evidence since {time}.',
  'checklist.print.state': '{state}, {time}',
  'checklist.print.until': '{label} {time}',
  'checklist.print.practice': 'Practice: simulated instance.',
} as const;

export const checklist = { ...parts, ...evidence, ...notes, ...screen } as const;
