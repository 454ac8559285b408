import { type RefObject, useEffect, useRef, useState } from 'react';
import type { AppError } from '../../../shared/errors';
import type { Result } from '../../../shared/result';

/** Starts a check; null when what is entered is not complete yet. */
export type StartCheck = () => Promise<Result<{ checkId: string }>> | null;

interface CheckRunOptions {
  readonly start: StartCheck;
  readonly cancel: (checkId: string) => void;
  readonly isFinished: (checkId: string) => boolean;
  readonly autoStart: boolean;
}

export interface CheckRun {
  readonly checkId: string | null;
  readonly starting: boolean;
  readonly error: AppError | null;
  /** It could not be started, because something is missing in the form. */
  readonly incomplete: boolean;
  run(): void;
  stop(): void;
}

/** Runs checks one after the other; leaving the page stops one that still runs. */
export function useCheckRun({ start, cancel, isFinished, autoStart }: CheckRunOptions): CheckRun {
  const [checkId, setCheckId] = useState<string | null>(null);
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const [incomplete, setIncomplete] = useState(false);
  // What holds at once, not with the next rendering: the panel may be left or stopped between the two.
  const live = useRef<{ checkId: string | null; unwanted: boolean; gone: boolean }>({
    checkId: null,
    unwanted: false,
    gone: false,
  });
  const end = (id: string | null): void => {
    if (id !== null && !isFinished(id)) cancel(id);
  };

  const run = async (): Promise<void> => {
    const request = start();
    setIncomplete(request === null);
    if (request === null) return;
    live.current = { checkId: null, unwanted: false, gone: false };
    setStarting(true);
    setError(null);
    setCheckId(null);
    const answer = await request;
    if (answer.ok) {
      live.current.checkId = answer.value.checkId;
      if (live.current.gone || live.current.unwanted) end(answer.value.checkId);
    }
    if (live.current.gone) return;
    setStarting(false);
    if (answer.ok) setCheckId(answer.value.checkId);
    else setError(answer.error);
  };

  const started = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the panel appears
  useEffect(() => {
    if (autoStart && !started.current) {
      started.current = true;
      void run();
    }
    live.current.gone = false;
    return () => {
      live.current.gone = true;
      end(live.current.checkId);
    };
  }, []);

  return {
    checkId,
    starting,
    error,
    incomplete,
    run: () => void run(),
    stop: () => {
      live.current.unwanted = true;
      end(live.current.checkId);
    },
  };
}

/** In a form the check is below everything else: its steps come into sight when they appear. */
export function useComesIntoSight(begun: boolean): RefObject<HTMLElement | null> {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    if (begun) panel.current?.scrollIntoView({ block: 'nearest' });
  }, [begun]);
  return panel;
}
