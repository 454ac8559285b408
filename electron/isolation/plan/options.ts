/** What a provider can do, as far as plans depend on it. */
export interface PlanCapabilities {
  readonly isolation: 'overlayDeny' | 'none';
  readonly cutsEstablished: 'yes' | 'no' | 'unknown';
  readonly rulesPerCall: number;
  readonly groupsPerInterface: number;
}

/** Documented limit of rules over all groups of an interface. */
export const RULES_PER_INTERFACE = 1000;
