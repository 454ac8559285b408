/** The page that the app serves, by the parts of its address that count. */
export interface PageOrigin {
  /** With the colon, as `URL.protocol` has it. */
  readonly protocol: string;
  readonly host: string;
}

export interface SenderFacts {
  /** Null when the frame is gone or was never there. */
  readonly frame: { readonly url: string; readonly isMainFrame: boolean } | null;
  /** Whether the window factory made this web contents. */
  readonly knownWindow: boolean;
}

export type SenderVerdict = 'trusted' | 'noFrame' | 'subframe' | 'foreignOrigin' | 'unknownWindow';

/** Decides whether a message may be heard: only the main frame of the app's own page in a window of the app. */
export function judgeSender(sender: SenderFacts, page: PageOrigin): SenderVerdict {
  if (!sender.frame) return 'noFrame';
  if (!sender.frame.isMainFrame) return 'subframe';
  if (!isPage(sender.frame.url, page)) return 'foreignOrigin';
  return sender.knownWindow ? 'trusted' : 'unknownWindow';
}

/** Compares the parsed address; a prefix would let `lockwatch://app.evil` pass. */
export function isPage(url: string, page: PageOrigin): boolean {
  if (!URL.canParse(url)) return false;
  const parsed = new URL(url);
  return (
    parsed.protocol === page.protocol &&
    parsed.host === page.host &&
    parsed.username === '' &&
    parsed.password === ''
  );
}
