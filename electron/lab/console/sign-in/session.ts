import type { WindowsInstance } from '../../windows/instance';
import type { SamAccount, SamAnswer } from '../../windows/sam';
import type { LogonContext } from '../../windows/security-events';
import type { KeyTarget, Press } from './keys';

export type ConsoleAction =
  | { readonly kind: 'select'; readonly index: number }
  | { readonly kind: 'signIn' | 'back' | 'lock' | 'signOut' | 'users' | 'cancel' | 'unlock' };

/** What the screen says about the last thing that was done; catalogue keys under `lab.console`. */
export type ConsoleMessage =
  | 'wrongPassword'
  | 'accountLocked'
  | 'accountDisabled'
  | 'unlocked'
  | 'notLocked'
  | 'administratorNeeded';

export interface ConsoleView {
  readonly place: 'lockScreen' | 'signIn' | 'desktop' | 'options' | 'users';
  readonly signedIn: string | null;
  /** Accounts on the sign-in screen and in the list of local users. */
  readonly accounts: readonly { readonly name: string; readonly state: 'locked' | 'clear' | 'disabled' }[];
  /** The chosen account or button. */
  readonly selected: number;
  readonly passwordLength: number;
  readonly message: ConsoleMessage | null;
}

export const DESKTOP_BUTTONS = ['users', 'lock', 'signOut'] as const;
export const OPTION_BUTTONS = ['lock', 'signOut', 'cancel'] as const;
const MOST_PASSWORD = 127;

const refusals: Record<Exclude<SamAnswer, 'success'>, ConsoleMessage> = {
  wrongPassword: 'wrongPassword',
  noSuchUser: 'wrongPassword',
  lockedOut: 'accountLocked',
  disabled: 'accountDisabled',
};

/** The sign-in screen's own logon: type 2, or 7 where it opens a session that was locked. */
const consoleLogon = (computer: string, logonType: 2 | 7): LogonContext => ({
  logonType,
  process: 'User32 ',
  package: 'Negotiate',
  subject: 'machine',
  processName: 'C:\\Windows\\System32\\winlogon.exe',
  workstation: computer,
  address: '127.0.0.1',
  port: '0',
});

/** What happens at the console of one practice instance: who is signed in, and what is on the screen. */
export class ConsoleSession implements KeyTarget {
  readonly #windows: WindowsInstance;
  readonly #onChange: () => void;
  #place: ConsoleView['place'] = 'lockScreen';
  #signedIn: string | null = null;
  #selected = 0;
  #password = '';
  #message: ConsoleMessage | null = null;

  constructor(windows: WindowsInstance, onChange: () => void) {
    this.#windows = windows;
    this.#onChange = onChange;
  }

  view(): ConsoleView {
    const now = this.#windows.now();
    const state = (account: SamAccount) =>
      this.#windows.sam.isLocked(account, now) ? 'locked' : account.disabled ? 'disabled' : 'clear';
    return {
      place: this.#place,
      signedIn: this.#signedIn,
      accounts: this.#accounts().map((account) => ({ name: account.name, state: state(account) })),
      selected: this.#selected,
      passwordLength: this.#password.length,
      message: this.#message,
    };
  }

  /** As after a restart: nobody is signed in. */
  reset(): void {
    this.#signedIn = null;
    this.#go('lockScreen');
  }

  secureAttention(): void {
    if (this.#place === 'lockScreen') this.#go('signIn');
    else if (this.#place !== 'signIn') this.#go('options');
  }

  press(press: Press): void {
    if (this.#place === 'signIn') {
      this.#pressAtSignIn(press);
      return;
    }
    switch (press.kind) {
      case 'next':
        this.#move(1);
        return;
      case 'previous':
        this.#move(-1);
        return;
      case 'escape':
        if (this.#place === 'options' || this.#place === 'users') this.#go('desktop');
        return;
      case 'enter':
        this.#activate();
        return;
      case 'character':
        if (press.character === ' ') this.#activate();
        return;
      case 'erase':
        return;
    }
  }

  act(action: ConsoleAction): void {
    switch (action.kind) {
      case 'select':
        this.#select(action.index);
        return;
      case 'signIn':
        this.#signIn();
        return;
      case 'users':
        this.#go('users');
        return;
      case 'unlock':
        this.#unlockSelected();
        return;
      case 'lock':
        this.#go('lockScreen');
        return;
      case 'signOut':
        this.reset();
        return;
      case 'back':
        this.#go(this.#place === 'signIn' ? 'lockScreen' : 'desktop');
        return;
      case 'cancel':
        this.#go('desktop');
        return;
    }
  }

  /** Everything a person does to sign in, at once; true when it worked. */
  signIn(name: string, password: string): boolean {
    this.#go('signIn');
    this.#selected = this.#accounts().findIndex((one) => one.name.toLowerCase() === name.toLowerCase());
    this.#password = password;
    this.#signIn();
    return this.#place === 'desktop';
  }

  /** The built-in Administrator first; who is disabled is not offered. */
  #accounts(): SamAccount[] {
    const accounts = [...this.#windows.sam.accounts()].sort(
      (one, other) => Number(other.rid === 500) - Number(one.rid === 500),
    );
    return this.#place === 'users' ? accounts : accounts.filter(({ disabled }) => !disabled);
  }

  #pressAtSignIn(press: Press): void {
    switch (press.kind) {
      case 'character':
        if (this.#password.length >= MOST_PASSWORD) return;
        this.#password += press.character;
        this.#message = null;
        this.#onChange();
        return;
      case 'erase':
        this.#password = [...this.#password].slice(0, -1).join('');
        this.#onChange();
        return;
      case 'enter':
        this.#signIn();
        return;
      case 'escape':
        this.#go('lockScreen');
        return;
      case 'next':
        this.#move(1);
        return;
      case 'previous':
        this.#move(-1);
        return;
    }
  }

  #signIn(): void {
    const account = this.#accounts()[this.#selected];
    const password = this.#password;
    this.#password = '';
    if (!account || this.#place !== 'signIn') {
      this.#onChange();
      return;
    }
    const again = this.#signedIn === account.name;
    const { answer } = this.#windows.logon({
      name: account.name,
      password,
      domain: this.#windows.computer,
      how: consoleLogon(this.#windows.computer, again ? 7 : 2),
    });
    if (answer === 'success') {
      this.#signedIn = account.name;
      this.#go('desktop');
      return;
    }
    this.#message = refusals[answer];
    this.#onChange();
  }

  #unlockSelected(): void {
    const account = this.#accounts()[this.#selected];
    if (this.#place !== 'users' || !account) return;
    const by = this.#windows.sam.find(this.#signedIn ?? '');
    if (!by?.administrator) this.#message = 'administratorNeeded';
    else this.#message = this.#windows.unlock(account.name, by.name) ? 'unlocked' : 'notLocked';
    this.#onChange();
  }

  #activate(): void {
    if (this.#place === 'users') {
      this.#unlockSelected();
      return;
    }
    const buttons =
      this.#place === 'desktop' ? DESKTOP_BUTTONS : this.#place === 'options' ? OPTION_BUTTONS : [];
    const kind = buttons[this.#selected];
    if (kind) this.act({ kind });
  }

  #move(by: number): void {
    const most = { lockScreen: 1, desktop: DESKTOP_BUTTONS.length, options: OPTION_BUTTONS.length };
    const { [this.#place as keyof typeof most]: count = this.#accounts().length } = most;
    this.#select((this.#selected + by + count) % count);
  }

  #select(index: number): void {
    if (index === this.#selected) return;
    this.#selected = index;
    if (this.#place === 'signIn') this.#password = '';
    this.#message = null;
    this.#onChange();
  }

  #go(place: ConsoleView['place']): void {
    this.#place = place;
    this.#selected = 0;
    this.#password = '';
    this.#message = null;
    this.#onChange();
  }
}
