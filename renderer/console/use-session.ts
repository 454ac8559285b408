import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { bridge } from './bridge';
import { openVncSession, type SessionState, type VncSession } from './vnc-session';

export interface Session {
  readonly state: SessionState;
  readonly session: VncSession | null;
  /** Connects anew, because the admin wants it. */
  connectAgain(): void;
}

/** The connection that the page shows. It is made when the page is there, and again only when asked for. */
export function useSession(
  target: RefObject<HTMLElement | null>,
  label: string,
  describedBy: string,
): Session {
  const [state, setState] = useState<SessionState>({ kind: 'connecting' });
  const [session, setSession] = useState<VncSession | null>(null);
  const [round, setRound] = useState(0);
  const words = useRef({ label, describedBy });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new round is a new connection
  useEffect(() => {
    const element = target.current;
    if (!element) return;
    let current = true;
    let mine: VncSession | undefined;
    const opening = openVncSession({
      target: element,
      bridge: bridge(),
      ...words.current,
      wanted: () => current,
      onState: (next) => {
        if (current) setState(next);
      },
    });
    void opening.then((opened) => {
      mine = opened ?? undefined;
      if (!opened) return;
      if (current) setSession(opened);
      else opened.disconnect();
    });
    return () => {
      current = false;
      mine?.disconnect();
      setSession(null);
      element.replaceChildren();
    };
  }, [target, round]);

  const connectAgain = useCallback(() => setRound((before) => before + 1), []);
  return { state, session, connectAgain };
}
