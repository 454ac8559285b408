import type { z } from 'zod';
import type { Phrase } from '../../../shared/account-status';
import type { CloudAccount, isolationRequests } from '../../../shared/isolation-contract';

export type AccountInput = z.infer<typeof isolationRequests.cloud.saveAccount.input>;

export interface AccountDraft {
  readonly name: string;
  /** Empty keeps the one that is there. */
  readonly accessKeyId: string;
  /** Empty keeps what the vault has. */
  readonly accessKeySecret: string;
  readonly securityToken: string;
  readonly roleArn: string;
  readonly regions: string;
}
export type AccountErrors = Readonly<Partial<Record<keyof AccountDraft, Phrase>>>;

export const draftOf = (account: CloudAccount | undefined): AccountDraft => ({
  name: account?.name ?? '',
  accessKeyId: '',
  accessKeySecret: '',
  securityToken: '',
  roleArn: account?.roleArn ?? '',
  regions: (account?.regions ?? []).join(', '),
});

const phrase = (key: string): Phrase => ({ key: `cloud.error.${key}`, params: {} });
const REGION = /^[a-z]{2}(-[a-z0-9]+)+$/;
const ROLE = /^acs:ram::\d+:role\/.+$/;

export const regionsOf = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/** Checks the form. A new key wants its secret: the old one would not fit it. */
export function checkAccount(
  draft: AccountDraft,
  account: CloudAccount | undefined,
): { readonly errors: AccountErrors; readonly input: AccountInput | null } {
  const errors: Partial<Record<keyof AccountDraft, Phrase>> = {};
  const accessKeyId = draft.accessKeyId.trim();
  const secret = draft.accessKeySecret.trim();
  const token = draft.securityToken.trim();
  const roleArn = draft.roleArn.trim();
  const regions = regionsOf(draft.regions);
  if (draft.name.trim() === '') errors.name = phrase('name');
  if (accessKeyId === '' && account === undefined) errors.accessKeyId = phrase('accessKeyId');
  else if (/\s/.test(accessKeyId)) errors.accessKeyId = phrase('accessKeyId.spaces');
  const wantsSecret =
    account === undefined || accessKeyId !== '' || token !== '' || account.secretState === 'missing';
  if (secret === '' && wantsSecret) errors.accessKeySecret = phrase('accessKeySecret');
  if (roleArn !== '' && !ROLE.test(roleArn)) errors.roleArn = phrase('roleArn');
  if (regions.some((region) => !REGION.test(region))) errors.regions = phrase('regions');
  if (Object.keys(errors).length > 0) return { errors, input: null };
  return {
    errors,
    input: {
      id: account?.id ?? null,
      name: draft.name.trim(),
      accessKeyId: accessKeyId === '' ? null : accessKeyId,
      roleArn: roleArn === '' ? null : roleArn,
      regions,
      secret: secret === '' ? null : { accessKeySecret: secret, securityToken: token === '' ? null : token },
    },
  };
}
