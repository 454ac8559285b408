export type Environment = Readonly<Record<string, string | undefined>>;

/** Names of variables that hold what opens something: keys of clouds, tokens, passwords. */
const SECRET =
  /SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL|(ACCESS|API|PRIVATE|SIGNING)_?KEY|^ALI(BABA|YUN)|^AWS_|^AZURE_/i;

/** The environment for a process of our own that reads what strangers wrote: without the admin's secrets. Pure. */
export const childEnvironment = (environment: Environment): Record<string, string> =>
  Object.fromEntries(
    Object.entries(environment).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !SECRET.test(entry[0]),
    ),
  );
