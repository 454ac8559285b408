/**
 * Chromium's switches that would open the page to a debugger, or what is said to the cloud to a listener: a release
 * takes none of them, whoever started it with them.
 */
const REFUSED_SWITCHES: readonly string[] = [
  'remote-debugging-port',
  'remote-debugging-pipe',
  'remote-allow-origins',
  'disable-web-security',
  'allow-running-insecure-content',
  'ignore-certificate-errors',
  'ignore-certificate-errors-spki-list',
  'host-rules',
  'host-resolver-rules',
  'ssl-key-log-file',
  'log-net-log',
];

export interface CommandLine {
  hasSwitch(name: string): boolean;
  removeSwitch(name: string): void;
}

/** Takes the switches away before Chromium looks at them. In development, and in a build for tests, they stay. */
export function refuseSwitches(commandLine: CommandLine, release: boolean): void {
  if (!release) return;
  for (const name of REFUSED_SWITCHES) if (commandLine.hasSwitch(name)) commandLine.removeSwitch(name);
}
