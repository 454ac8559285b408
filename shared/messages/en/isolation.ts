/** What exposure and plans say: why RDP is reachable, what a plan does and why, what it cannot do. */
export const isolation = {
  // exposure: the verdict's reasons
  'isolation.reason.noInterfaces': 'No network interface could be read',
  'isolation.reason.noGroups': 'The groups of {interface} could not be read',
  'isolation.reason.groupMissing': 'The rules of {group} could not be read',
  'isolation.reason.trustedUnreadable': '{cidr} is not an address block',
  'isolation.reason.world': '{rules, plural, one {# rule lets} other {# rules let}} the whole internet in',
  'isolation.reason.unreadable':
    '{rules, plural, one {# rule names a list} other {# rules name lists}} that could not be read: counted as open',
  'isolation.reason.group':
    '{rules, plural, one {# rule lets} other {# rules let}} the members of another group in',
  'isolation.reason.addresses':
    '{rules, plural, one {# rule lets} other {# rules let}} addresses in that are not trusted',
  'isolation.reason.trusted': '{rules, plural, one {# rule lets} other {# rules let}} trusted addresses in',
  'isolation.reason.secondary':
    '{rules, plural, one {# of them is} other {# of them are}} on a secondary network interface',
  'isolation.reason.dormant':
    '{rules, plural, one {# rule} other {# rules}} would let IPv6 in, but the interface has no IPv6 address now',
  'isolation.reason.closed': 'No rule lets anybody reach RDP',
  'isolation.reason.udpOpen': 'The UDP port is still open; by itself it lets nobody sign in',
  'isolation.reason.trustedShutOut': '{cidr} is trusted but does not get in',
  'isolation.remaining.sameGroup':
    '{members, plural, one {# other member} other {# other members}} of {group} can reach RDP whatever the rules say',
  'isolation.remaining.loadBalancer':
    'A load balancer in front of it would pass by all rules; whether there is one is not known',

  // why a way was taken, was not, or cannot be
  'isolation.chosen.overlayDeny': 'Touches this instance only, and RDP only',
  'isolation.chosen.dropRules':
    'A denying group is not possible here. The rules stay in place and are changed back later; {instances, plural, =0 {no other instance is} one {# other instance is} other {# other instances are}} touched.',
  'isolation.chosen.deleteRules':
    'A denying group is not possible here, and these rules cannot be changed in place; {instances, plural, =0 {no other instance is} one {# other instance is} other {# other instances are}} touched.',
  'isolation.chosen.byAdmin':
    'Your choice; {instances, plural, =0 {no other instance is} one {# other instance is} other {# other instances are}} touched',
  'isolation.chosen.trust': 'Only {cidrs} will reach RDP',
  'isolation.chosen.follow': '{to} replaces {from}',
  'isolation.chosen.undo': 'Back to the recorded original',
  'isolation.chosen.undoForeign': 'Takes the denial away; the original was not recorded here',
  'isolation.notChosen.overlayDeny': 'Would touch this instance only, and RDP only',
  'isolation.notChosen.dropRules':
    'Would change the rules for {instances, plural, =0 {no other instance, but every port they name} one {# other instance too} other {# other instances too}}',
  'isolation.notChosen.deleteRules':
    'Would delete the rules for {instances, plural, =0 {no other instance, but every port they name} one {# other instance too} other {# other instances too}}',
  'isolation.impossible.enterprise': 'The provider refuses denying rules in advanced security groups here',
  'isolation.impossible.groupLimit':
    '{interface} carries {limit, plural, one {# group} other {# groups}} already, the most it can, and no other group there can take a rule',
  'isolation.impossible.managed': '{group} is managed by a cloud product and cannot be changed',
  'isolation.impossible.ruleLimit': '{interface} would carry more rules than the provider allows',
  'isolation.impossible.staysOpen': 'RDP would stay reachable',

  // refusals
  'isolation.refusal.lockedForSecurity':
    '{name} is locked by the provider for security: nothing can be changed. See the provider’s security notice.',
  'isolation.refusal.released': '{name} has no network interface: it was released, or cannot be read.',
  'isolation.refusal.noVpc': '{name} is not in a VPC: only instances in a VPC can be isolated here.',
  'isolation.refusal.incompleteSnapshot':
    'Not all rules of {name} could be read, so nothing is planned. Read again.',
  'isolation.refusal.alreadyClosed': 'No rule lets anybody reach port {port} of {name}: nothing to isolate.',
  'isolation.refusal.alreadyTrusted': 'The trusted addresses reach {name} already, and nobody else does.',
  'isolation.refusal.strategyImpossible': 'This way leaves RDP open.',
  'isolation.refusal.noStrategy': 'No way was found to close RDP by security groups.',
  'isolation.refusal.groupLimit':
    '{interface} carries {limit, plural, one {# group} other {# groups}}, the most it can, and no other group there can take a rule.',
  'isolation.refusal.ruleLimit':
    '{interface} would carry more rules than the provider allows. Trust fewer or wider blocks.',
  'isolation.refusal.blockedByOriginal':
    '{cidr} would stay shut out: a denying rule of yours at priority 1 covers it, and no rule outranks that.',
  'isolation.refusal.nothingRecorded': 'There is nothing to take back.',

  // trusted blocks
  'isolation.trusted.none': 'Name at least one address or block.',
  'isolation.trusted.notABlock': '{cidr} is not an address or a block like 203.0.113.0/24.',
  'isolation.trusted.world': '{cidr} is as good as the whole internet. It cannot be trusted.',
  'isolation.trusted.nowhere': 'No connection ever comes from {cidr}.',
  'isolation.trusted.wide': '{cidr} is wide: more than one organisation’s addresses. Trust all of it?',
  'isolation.trusted.private':
    '{cidr} is a private block. It helps over a VPN or inside the VPC, not over the internet.',
  'isolation.trusted.hostBits': '{typed} means the whole block {cidr}.',
  'isolation.trusted.noIpv6': '{cidr} is IPv6, and the instance has no IPv6 address.',

  // warnings
  'isolation.warning.sameGroup':
    '{members, plural, one {# other instance} other {# other instances}} in {group} can still reach RDP, because the group lets its members reach each other: {names}',
  'isolation.warning.loadBalancer':
    'Traffic through a load balancer is not stopped; whether there is one is not known',
  'isolation.warning.sessionsUnknown':
    'Whether sessions that are already open are cut is not known: check with the instance',
  'isolation.warning.sessionsStay': 'Sessions that are already open stay open',
  'isolation.warning.documentedOnly':
    'How rules of several groups are merged is taken from the provider’s documentation; the result is verified by reading it again',
  'isolation.warning.managedGroup': 'Cannot be changed, only overruled: {groups}, managed by a cloud product',
  'isolation.warning.enterpriseDrop':
    'Advanced security groups may refuse denying rules; if so, nothing has changed and another way is offered',
  'isolation.warning.scoped':
    '{interface} takes no further group, so the denial goes into {group}, for this instance’s addresses only',
  'isolation.warning.otherPorts':
    '{rules, plural, one {# rule covers} other {# rules cover}} other ports too: these are cut as well',
  'isolation.warning.shared':
    '{group} is shared with {members, plural, one {# other instance} other {# other instances}}: {names}',
  'isolation.warning.secondaryInterfaces':
    '{count, plural, one {# secondary network interface is} other {# secondary network interfaces are}} included',
  'isolation.warning.partlyBlocked': '{cidr} stays shut out by a denying rule of yours at priority 1',
  'isolation.warning.noIpv6': '{cidr} does not get in: the instance has no IPv6 address',
  'isolation.warning.browserTerminals':
    'Browser-based terminals are shut out too, unless their addresses are trusted',
  'isolation.warning.noRecord':
    'This isolation was made elsewhere: what it changed besides its own rules is not recorded here',
  'isolation.warning.opens': 'RDP will be open to addresses that are not trusted',
  'isolation.warning.lastGroup':
    '{interface} carries no other group, so the denying group stays: attach another group first',
  'isolation.warning.groupUnread': '{group} could not be read, so what was changed in it is not taken back',

  // drift
  'isolation.drift.ruleAdded':
    'Somebody added a rule to {group}: {protocol} {ports} from {source}, priority {priority, number}',
  'isolation.drift.ruleRemoved':
    'Somebody removed a rule from {group}: {protocol} {ports} from {source}, priority {priority, number}',
  'isolation.drift.ruleChanged':
    'Somebody changed a rule of {group}: {protocol} {ports} from {source}, priority {priority, number}',
  'isolation.drift.groupAttached': 'Somebody attached {group} to {interface}',
  'isolation.drift.groupDetached': 'Somebody detached {group} from {interface}',
  'isolation.drift.groupGone': '{group} is not on {interface} any more and could not be read',

  // steps, in words
  'isolation.step.createGroup': 'Create the security group {group}',
  'isolation.step.innerDrop': 'Keep the members of {group} from reaching each other',
  'isolation.step.clear':
    'Remove {count, plural, one {# stray rule} other {# stray rules}} from {group} before it is used',
  'isolation.step.deny':
    'Add {count, plural, one {# rule} other {# rules}} to {group} that {count, plural, one {denies} other {deny}} port {port}',
  'isolation.step.letIn':
    'Add {count, plural, one {# rule} other {# rules}} to {group} that {count, plural, one {lets} other {let}} {cidrs} reach port {port}, and nobody else',
  'isolation.step.attach': 'Attach {group} to {interface}',
  'isolation.step.detach': 'Detach {group} from {interface}',
  'isolation.step.reattach': 'Change the groups of {interface} back',
  'isolation.step.lift':
    'Lift the old denial: remove {count, plural, one {# rule} other {# rules}} from {group}',
  'isolation.step.deleteRules': 'Delete {count, plural, one {# rule} other {# rules}} of {group}',
  'isolation.step.toDrop':
    'In {group}, deny instead of allow: {protocol} {ports} from {source}, priority {priority, number}',
  'isolation.step.stepBack':
    'In {group}, move the denial of {protocol} {ports} from {source} from priority 1 to 2',
  'isolation.step.turnBack':
    'In {group}, change the rule back: {protocol} {ports} from {source}, priority {priority, number}',
  'isolation.step.readd': 'Put {count, plural, one {# rule} other {# rules}} back into {group}',
  'isolation.step.removeOurs':
    'Remove {count, plural, one {# rule} other {# rules}} from {group} that came with the isolation',
  'isolation.step.deleteGroup': 'Delete the security group {group}',

  // the same in the provider's console
  'isolation.console.createGroup':
    'Security Groups, Create: name {group}, the VPC and type of the instance’s other groups, no rules',
  'isolation.console.innerDrop': 'Open {group}, Internal access: isolated within the group',
  'isolation.console.clear': 'Open {group}, Inbound: delete the rules listed below',
  'isolation.console.deny': 'Open {group}, Inbound, Add: the denying rules listed below, port {port}',
  'isolation.console.letIn':
    'Open {group}, Inbound, Add: the rules listed below, which allow {cidrs} to port {port} and deny the rest',
  'isolation.console.attach': 'Network interface {interface}, Security groups: add {group}',
  'isolation.console.detach': 'Network interface {interface}, Security groups: remove {group}',
  'isolation.console.reattach': 'Network interface {interface}, Security groups: as listed below',
  'isolation.console.lift': 'Open {group}, Inbound: delete the rules listed below',
  'isolation.console.deleteRules': 'Open {group}, Inbound: delete the rules listed below',
  'isolation.console.toDrop':
    'Open {group}, Inbound: edit {protocol} {ports} from {source}, priority {priority, number}: action deny',
  'isolation.console.stepBack':
    'Open {group}, Inbound: edit the denial of {protocol} {ports} from {source}: priority 2',
  'isolation.console.turnBack':
    'Open {group}, Inbound: edit {protocol} {ports} from {source}: action and priority as listed below',
  'isolation.console.readd': 'Open {group}, Inbound, Add: the rules listed below',
  'isolation.console.removeOurs': 'Open {group}, Inbound: delete the rules listed below',
  'isolation.console.deleteGroup': 'Security Groups: delete {group}',

  // recipes
  'isolation.recipe.isolate': 'Isolate {name} ({id}, {region}) by hand',
  'isolation.recipe.restoreToTrust': 'Open RDP of {name} ({id}, {region}) to trusted addresses by hand',
  'isolation.recipe.followAddress': 'Replace a trusted address of {name} ({id}, {region}) by hand',
  'isolation.recipe.undo': 'Bring back the original settings of {name} ({id}, {region}) by hand',
  'isolation.recipe.rollback': 'Bring back the original settings of {name} ({id}, {region}) by hand',
} as const;
