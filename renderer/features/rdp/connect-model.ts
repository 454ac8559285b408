import { type RdpClientId, rdpGatewaySchema, rdpUserSchema } from '../../../shared/rdp-client';

export interface ConnectDraft {
  readonly client: RdpClientId | null;
  readonly user: string;
  readonly gateway: string;
  readonly fullScreen: boolean;
}

export interface ConnectValues {
  readonly client: RdpClientId;
  readonly user: string | null;
  readonly gateway: string | null;
  readonly fullScreen: boolean;
}

/** What is wrong with the form, by field, and the values when nothing is. Empty fields are left to the client. */
export function checkConnect(draft: ConnectDraft): {
  readonly userBroken: boolean;
  readonly gatewayBroken: boolean;
  readonly values: ConnectValues | null;
} {
  const user = draft.user.trim() === '' ? null : rdpUserSchema.safeParse(draft.user);
  const gateway = draft.gateway.trim() === '' ? null : rdpGatewaySchema.safeParse(draft.gateway);
  const userBroken = user?.success === false;
  const gatewayBroken = gateway?.success === false;
  const { client, fullScreen } = draft;
  return {
    userBroken,
    gatewayBroken,
    values:
      client === null || userBroken || gatewayBroken
        ? null
        : { client, user: user?.data ?? null, gateway: gateway?.data ?? null, fullScreen },
  };
}
