import type { z } from 'zod';
import type { externalPageSchema } from '../../../shared/contract';

type ExternalPage = z.infer<typeof externalPageSchema>;

/** The only pages outside the app that it opens, in the system's browser. */
const externalPages: Readonly<Record<ExternalPage, string>> = {
  sourceCode: 'https://github.com/lockwatch/lockwatch',
  windowsLockoutPolicy:
    'https://learn.microsoft.com/windows/security/threat-protection/security-policy-settings/account-lockout-policy',
  windowsOpenSsh:
    'https://learn.microsoft.com/windows-server/administration/openssh/openssh_install_firstuse',
  rdpLockedHelp: 'https://www.alibabacloud.com/help/ecs/user-guide/rdp-connection-troubleshooting',
};

const ALLOWED_ORIGINS: ReadonlySet<string> = new Set([
  'https://github.com',
  'https://learn.microsoft.com',
  'https://www.alibabacloud.com',
]);

/** The address of a page; undefined when its parsed origin is none that the app may open. */
export function externalAddress(
  page: string,
  pages: Readonly<Record<string, string>> = externalPages,
): string | undefined {
  const address = Object.hasOwn(pages, page) ? pages[page] : undefined;
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { origin, username, password } = new URL(address);
  return ALLOWED_ORIGINS.has(origin) && username === '' && password === '' ? address : undefined;
}
