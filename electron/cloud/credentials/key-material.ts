import type { SigningKey } from '../aliyun/sign';

/** A key as it may be sent in headers; null when a part cannot be one. */
export function toSigningKey(
  accessKeyId: string | undefined,
  accessKeySecret: string | undefined,
  securityToken: string | null | undefined,
): SigningKey | null {
  const id = (accessKeyId ?? '').trim();
  const secret = (accessKeySecret ?? '').trim();
  const token = (securityToken ?? '').trim();
  const printable = /^[\x21-\x7e]+$/;
  if (!/^[A-Za-z0-9._-]{1,128}$/.test(id) || !printable.test(secret)) return null;
  if (token !== '' && !printable.test(token)) return null;
  return { accessKeyId: id, accessKeySecret: secret, securityToken: token === '' ? null : token };
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The key of the variables that Alibaba Cloud's own tools read; null when they are not set. */
export const environmentKey = (environment: Environment): SigningKey | null =>
  toSigningKey(
    environment.ALIBABA_CLOUD_ACCESS_KEY_ID,
    environment.ALIBABA_CLOUD_ACCESS_KEY_SECRET,
    environment.ALIBABA_CLOUD_SECURITY_TOKEN,
  );
