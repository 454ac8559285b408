/** A case that a controller does not do as the file says, or the model not as the controller: exactly what, and why. */
export interface CaseDifference {
  /** The case, and the route that stands for `logon`. */
  readonly id: string;
  readonly differences: readonly string[];
  readonly cause: string;
}

export const CASE_DIFFERENCES: readonly CaseDifference[] = [
  {
    id: 'HK-01',
    differences: [
      'case: badPwdCount: expected 0, actual 1',
      'case: effectiveBadPwdCount by SAMR: expected 0, actual 1',
      'case: effectiveBadPwdCount: expected 0, actual 1',
      'case: badPasswordTime: expected unchanged, actual advanced',
      'known: Kerberos counts previous passwords',
    ],
    cause: "the KDC of Debian's Samba 4.17 does not look at the password history (known-differences.ts)",
  },
];
