import { msFromFiletime } from '../../../shared/time';

/**
 * The instance's clock minus ours, in milliseconds. The instance read its clock at some moment between sending the
 * command and getting the answer; the middle is the estimate and half of the span the uncertainty.
 */
export function clockDifference(
  utc: bigint,
  sentAtMs: number,
  answeredAtMs: number,
): { clockOffsetMs: number; clockUncertaintyMs: number } {
  const middle = (sentAtMs + answeredAtMs) / 2;
  return {
    clockOffsetMs: Math.round(msFromFiletime(utc) - middle),
    clockUncertaintyMs: Math.ceil(Math.max(0, answeredAtMs - sentAtMs) / 2),
  };
}
