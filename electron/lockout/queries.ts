import type { Filetime } from '../../shared/time';
import { forecast } from './forecast';
import { instanceStatus } from './status';
import type { AccountStatus, Forecast, Freshness, InstanceModel, InstanceStatus, Verdict } from './types';
import { type VerdictOptions, verdict } from './verdict';

/** Everything main shows of one account. */
export interface AccountView {
  readonly status: AccountStatus;
  readonly forecast: Forecast;
  readonly verdict: Verdict;
}
export interface InstanceView {
  readonly status: InstanceStatus;
  /** In the order of `status.accounts`: worst first. */
  readonly accounts: readonly AccountView[];
}

/** Status, forecast and verdict of a whole instance at `now` (ticks, instance's clock). Pure. */
export function viewInstance(
  model: InstanceModel,
  freshness: Freshness,
  options: VerdictOptions,
  now: Filetime,
): InstanceView {
  const status = instanceStatus(model, freshness, now);
  const accounts: AccountView[] = [];
  for (const account of status.accounts) {
    const record = model.accounts.get(account.ref.key);
    if (!record) continue;
    accounts.push({
      status: account,
      forecast: forecast(model, record, account, now),
      verdict: verdict(model, record, options, now),
    });
  }
  return { status, accounts };
}

/**
 * The model without what only further folding needs, for sending to another process: status, forecast and verdict come
 * out the same. Never fold events into it.
 */
export const withoutFoldState = (model: InstanceModel): InstanceModel => ({
  ...model,
  marks: new Map(),
  addressHints: [],
  pendingAddresses: [],
});
