import type { ConsolePageInfo } from '../../shared/console';
import type { AppError } from '../../shared/errors';
import type { Language } from '../i18n/language';
import type { EndReason } from './end-reason';
import { SECURITY_NAMES } from './handshake';
import type { SessionState } from './vnc-session';

type Words = Language['t'];

const place = (t: Words, { vnc }: ConsolePageInfo): string =>
  t(`console.page.place.${vnc.via}`, { host: vnc.host, port: vnc.port.toString() });

/** The line that says where the connection stands. Pure. */
export function stateText(t: Words, state: SessionState, info: ConsolePageInfo): string {
  switch (state.kind) {
    case 'connecting':
      return t('console.page.state.connecting', { place: place(t, info) });
    case 'connected':
      return t('console.page.state.connected', { server: state.server || place(t, info) });
    default:
      return t(`console.page.state.${state.kind}`);
  }
}

/** A type of security as an admin can look it up. Pure. */
export const securityName = (t: Words, type: number): string =>
  SECURITY_NAMES.get(type) ?? t('console.page.security.unknown', { number: type });

/** Failures that the catalogue explains for SSH, and that mean something else at a VNC server. */
const AT_THE_SERVER: Readonly<Record<string, string>> = {
  'net.refused': 'console.page.ended.noServer',
  'net.timeout': 'console.page.ended.noAnswer',
};

function errorText(t: Words, { code, messageKey, params }: AppError, { vnc }: ConsolePageInfo): string {
  const atServer = params.host === vnc.host && params.port === vnc.port;
  const own = atServer ? AT_THE_SERVER[code] : undefined;
  return own ? t(own, { ...params, port: vnc.port.toString() }) : t(messageKey, params);
}

/** Why there is no connection, in a sentence. Pure. */
export function endText(t: Words, why: EndReason, info: ConsolePageInfo): string {
  switch (why.kind) {
    case 'error':
      return errorText(t, why.error, info);
    case 'refused':
      return why.reason === ''
        ? t('console.page.ended.refused')
        : t('console.page.ended.refusedWith', { reason: why.reason });
    case 'security':
      return t('console.page.ended.security', {
        types: why.types.map((type) => securityName(t, type)).join(', '),
      });
    case 'silent':
      return t('console.page.ended.silent', { seconds: why.seconds });
    case 'notVnc':
      return t('console.page.ended.notVnc', { place: place(t, info) });
    default:
      return t(`console.page.ended.${why.kind}`);
  }
}
