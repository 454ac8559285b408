/** `code` is the provider's own word for the failure and `requestId` its receipt; `-` where there is none. `effect` is `none` of a call that only reads. */
export const errorCloud = {
  'error.cloud.credentialsMissing':
    'There are no cloud credentials for {account}. Enter an access key, or import one.',
  'error.cloud.auth':
    'The cloud does not accept these credentials ({code}). Check the access key ID and its secret, and that the key is enabled.',
  'error.cloud.expired':
    'The temporary cloud credentials have expired ({code}). Enter new ones. Nothing was changed with the old ones since.',
  'error.cloud.denied':
    'The cloud credentials lack the permission {action}. Add it to the policy of the user or role, then try again. Request {requestId}.',
  'error.cloud.throttled':
    'The cloud limits how often {action} may be called, for the console and other tools too. It opens again with the next minute.',
  'error.cloud.notFound':
    'What {action} names is not there any more ({code}). Somebody may have removed it. Read the instance again. Request {requestId}.',
  'error.cloud.conflict':
    'The cloud is busy with another change of the same thing ({code}). Try again in a moment. Request {requestId}.',
  'error.cloud.tokenMismatch':
    'The cloud has seen this step before with other parameters and did nothing. Plan the change again. Request {requestId}.',
  'error.cloud.invalid': 'The cloud refused {action} ({code}). Nothing was changed. Request {requestId}.',
  'error.cloud.network':
    'The cloud cannot be reached ({reason}). Check the network, a VPN and the proxy.{effect, select, none {} other { Whether {action} took effect is not known until it is read again.}}',
  'error.cloud.timeout':
    'The cloud did not answer {action} in time.{effect, select, none {} other { Whether it took effect is not known until it is read again.}}',
  'error.cloud.server':
    'The cloud has a fault of its own at {action} (status {status}, {code}).{effect, select, none {} other { Whether it took effect is not known until it is read again.}}',
  'error.cloud.limit':
    'A limit of the cloud stands against {action} ({code}), such as groups of an interface or rules of a group. Remove what is not needed or raise the limit. Request {requestId}.',
  'error.cloud.lockedForSecurity':
    'The provider has locked this instance for security reasons. It cannot be changed until the provider lifts the lock. Request {requestId}.',
  'error.cloud.managed':
    'This security group is managed by a cloud product and cannot be changed. Choose the overlay group instead. Request {requestId}.',
  'error.cloud.clockSkew':
    'The clock of this computer differs from the cloud’s, and a correction was not accepted. Set the clock, then try again.',
  'error.cloud.unreadableAnswer':
    'The answer to {action} is not the cloud’s (status {status}). A proxy or a sign-in page may stand in between.',
  'error.cloud.answerTooLarge': 'The answer to {action} is far larger than it can be. It was not read.',
  'error.cloud.lastGroup':
    'An interface needs at least one security group, and {action} would leave none. Attach another group first.',
  'error.cloud.endpointInsecure':
    'The address of the cloud endpoint must begin with https://. Plain http is for this computer only.',
  'error.cloud.cliConfigMissing': 'There is no configuration of the aliyun command line at {file}.',
  'error.cloud.cliConfigUnreadable':
    'The configuration at {file} cannot be read as one of the aliyun command line.',
  'error.cloud.cliConfigOpen':
    'Other users of this computer can read {file}, which holds secrets in plain text. Make it readable by you alone.',
  'error.cloud.cliMode':
    '{mode, select, EcsRamRole {This profile takes its key from an ECS instance’s own metadata, which a desktop does not have.} External {This profile gets its key by running a command. An import runs nothing.} CredentialsURI {This profile gets its key from an address. An import requests nothing.} ChainableRamRoleArn {This profile builds on another profile. Import that one, and set the role here.} CloudSSO {This profile signs in through a browser and keeps its tokens in the file. Create an access key or role instead.} OAuth {This profile signs in through a browser and keeps its tokens in the file. Create an access key or role instead.} OIDC {This profile exchanges a token of another sign-in service, which is not supported.} RsaKeyPair {Profiles with an RSA key pair are not supported.} RamRoleArnWithRoleName {This profile takes its key from an ECS instance’s own metadata, which a desktop does not have.} BearerToken {Profiles with a bearer token are not supported.} Anonymous {This profile has no key.} incomplete {This profile lacks a part that its mode needs, or has one that cannot be right.} other {Profiles of the mode {mode} are not known.}}',
  'error.cloud.addressNotFound':
    'No service told the public address of this computer. Check the network, choose another service, or type the address.',
} as const;
