/** One access key that the stand-in knows. It guards nothing real. */
export interface AccessKey {
  readonly id: string;
  readonly secret: string;
  /** Set for temporary credentials: must come with every request. */
  readonly securityToken: string | null;
  /** Milliseconds since 1970; null: never. */
  readonly expiresAtMs: number | null;
  readonly active: boolean;
  /** RAM actions that this key may not use, such as `ecs:RevokeSecurityGroup`. */
  readonly denied: ReadonlySet<string>;
}

export const permanentKey = (id: string, secret: string): AccessKey => ({
  id,
  secret,
  securityToken: null,
  expiresAtMs: null,
  active: true,
  denied: new Set(),
});
