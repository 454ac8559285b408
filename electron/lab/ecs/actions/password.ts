import { EcsError } from '../error';

const CLASSES = [/[a-z]/, /[A-Z]/, /\d/, /[()`~!@#$%^&*\-_+=|{}[\]:;'<>,.?/]/] as const;

/** Fact 20. The password goes nowhere: it is looked at and forgotten. */
export function checkPassword(password: string, osType: 'windows' | 'linux'): void {
  const classes = CLASSES.filter((pattern) => pattern.test(password)).length;
  const known = /^[\w()`~!@#$%^&*\-+=|{}[\]:;'<>,.?/]*$/.test(password);
  const length = password.length >= 8 && password.length <= 30;
  if (known && length && classes >= 3 && !(osType === 'windows' && password.startsWith('/'))) return;
  throw new EcsError(
    400,
    'InvalidPassword.Malformed',
    'The Password does not have the form that is asked for.',
  );
}
